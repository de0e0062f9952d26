// Which values of a column are there: the bits that Arrow keeps apart from the values.
import { columnLength } from '../table/table.ts';
import type { ColumnBelow } from '../table/taken-table.ts';

/** Which rows have a value. */
export interface Validity {
  readonly nulls: number;
  /** One bit a row, least significant first; empty when nothing is null. */
  readonly bits: Uint8Array;
}

/** Nothing is null. */
export const allValid: Validity = { nulls: 0, bits: new Uint8Array(0) };

/** The rows of a column that have a value: no negative code, no NaN. */
export function validityOf({ column, rows }: ColumnBelow): Validity {
  const nulls = new NullBits(rows?.length ?? columnLength(column));
  if (column.type === 'category') addNegative(nulls, column.codes, rows);
  else if (column.type === 'boolean') addNegative(nulls, column.values, rows);
  else addNaN(nulls, column.values, rows);
  return nulls.validity();
}

function addNegative(nulls: NullBits, codes: Int32Array | Int8Array, rows: Uint32Array | undefined): void {
  for (let row = 0; row < nulls.rows; row++) if (codes[rows ? rows[row]! : row]! < 0) nulls.add(row);
}

function addNaN(nulls: NullBits, values: Float64Array, rows: Uint32Array | undefined): void {
  for (let row = 0; row < nulls.rows; row++)
    if (Number.isNaN(values[rows ? rows[row]! : row]!)) nulls.add(row);
}

/** Bits of the rows that are not null, made at the first that is. */
class NullBits {
  readonly rows: number;
  #bits: Uint8Array | undefined;
  #nulls = 0;

  constructor(rows: number) {
    this.rows = rows;
  }

  add(row: number): void {
    this.#bits ??= new Uint8Array((this.rows + 7) >> 3).fill(255);
    this.#bits[row >> 3]! &= ~(1 << (row & 7));
    this.#nulls++;
  }

  validity(): Validity {
    const bits = this.#bits;
    if (!bits) return allValid;
    const spare = this.rows & 7;
    if (spare > 0) bits[bits.length - 1]! &= (1 << spare) - 1;
    return { nulls: this.#nulls, bits };
  }
}
