import {
  Column as ArrowColumn,
  Batch,
  bool,
  type DataType,
  dictionary,
  float64,
  int32,
  TimeUnit,
  timestamp,
  utf8,
} from '@uwdata/flechette';
import {
  type CategoryColumn,
  type Column,
  type ColumnType,
  columnLength,
  columnOf,
  type Table,
} from '../table/table.ts';
import { type ColumnBelow, columnBelow } from '../table/taken-table.ts';

/** A batch of codes: the encoder finds the texts under `dictionary`. */
class CodeBatch extends Batch<unknown> {
  readonly dictionary: ArrowColumn<string>;

  constructor(options: ConstructorParameters<typeof Batch>[0], texts: ArrowColumn<string>) {
    super(options);
    this.dictionary = texts;
  }
}

/** What a column's values are in Arrow: an array whose bytes are written as they are. */
export type ArrowValues = Batch<unknown>['values'];

/**
 * A column as one Arrow batch; see `tableToArrow` for the types.
 *
 * @param table that has the column, of which only the texts of categories are made.
 * @param values the column's {@link arrowValues}, or what stands in for as many bytes of them.
 * @throws RangeError for texts of more than 2 GiB together.
 */
export function arrowOfColumn(table: Table, name: string, values: ArrowValues): Batch<unknown> {
  const below = columnBelow(table, name);
  const validity = validityOf(below);
  switch (below.column.type) {
    case 'number':
      return batchOf(float64(), table.rows, validity, values);
    case 'category':
      return codeBatch(columnOf(table, name) as CategoryColumn, { name, validity, values });
    case 'boolean':
      return batchOf(bool(), table.rows, validity, values);
    case 'date':
      return batchOf(timestamp(TimeUnit.MILLISECOND, 'UTC'), table.rows, validity, values);
  }
}

/**
 * A column's values as Arrow has them; those under nulls are zero.
 *
 * @throws RangeError for a date that is not a whole millisecond.
 */
export function arrowValues(column: Column, name: string): ArrowValues {
  switch (column.type) {
    case 'number':
      return numbers(column.values);
    case 'category':
      return codes(column.codes);
    case 'boolean':
      return booleans(column.values);
    case 'date':
      return dates(column.values, name);
  }
}

/** How many bytes {@link arrowValues} has of so many rows. */
export function arrowValueBytes(type: ColumnType, rows: number): number {
  switch (type) {
    case 'number':
    case 'date':
      return rows * 8;
    case 'category':
      return rows * 4;
    case 'boolean':
      return (rows + 7) >> 3;
  }
}

function batchOf(type: DataType, length: number, validity: Validity, values: ArrowValues) {
  return new Batch({ length, type, values, nullCount: validity.nulls, validity: validity.bits });
}

interface Validity {
  readonly nulls: number;
  /** One bit a row, least significant first; empty when nothing is null. */
  readonly bits: Uint8Array;
}

/** Nothing is null. */
export const allValid: Validity = { nulls: 0, bits: new Uint8Array(0) };

function validityOf({ column, rows }: ColumnBelow): Validity {
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

/** The bits of NaN differ between machines: none is written. */
function numbers(values: Float64Array): Float64Array {
  let written = values;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row]!)) continue;
    if (written === values) written = values.slice();
    written[row] = 0;
  }
  return written;
}

function dates(values: Float64Array, name: string): BigInt64Array {
  const words = new Int32Array(values.length * 2);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    if (!Number.isSafeInteger(value)) {
      throw new RangeError(`column ${name}, row ${row}: date ${value} is not a whole number of milliseconds`);
    }
    const high = Math.floor(value / 4294967296);
    words[row * 2] = value - high * 4294967296;
    words[row * 2 + 1] = high;
  }
  return new BigInt64Array(words.buffer);
}

function booleans(values: Int8Array): Uint8Array {
  const bits = new Uint8Array((values.length + 7) >> 3);
  for (let row = 0; row < values.length; row++) {
    if (values[row] === 1) bits[row >> 3]! |= 1 << (row & 7);
  }
  return bits;
}

function codes(values: Int32Array): Int32Array {
  return values.includes(-1) ? values.map((code) => Math.max(code, 0)) : values;
}

interface CodeParts {
  readonly name: string;
  readonly validity: Validity;
  readonly values: ArrowValues;
}

function codeBatch(
  { codes: { length }, dictionary: texts }: CategoryColumn,
  { name, validity, values }: CodeParts,
) {
  const type = utf8();
  const { bytes, offsets } = encodeTexts(texts, name);
  const batch = new Batch<string>({
    length: texts.length,
    nullCount: 0,
    validity: allValid.bits,
    type,
    offsets,
    values: bytes,
  });
  const codeType = dictionary(type, int32());
  return new CodeBatch(
    { length, type: codeType, values, nullCount: validity.nulls, validity: validity.bits },
    new ArrowColumn([batch], type),
  );
}

function encodeTexts(texts: readonly string[], name: string): { bytes: Uint8Array; offsets: Int32Array } {
  const offsets = new Int32Array(texts.length + 1);
  let length = 0;
  for (let i = 0; i < texts.length; i++) {
    length += Buffer.byteLength(texts[i]!);
    if (length > 0x7fffffff) throw new RangeError(`column ${name}: its distinct texts exceed 2 GiB`);
    offsets[i + 1] = length;
  }
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < texts.length; i++) bytes.write(texts[i]!, offsets[i]!);
  return { bytes, offsets };
}
