// Columns under construction, and what a cell, a name or a marker is taken for, whatever the format.
import type { Column } from '../../dataset/table/table.ts';
import { Numbering } from '../../platform/numbering.ts';
import { firstCodes, firstFloats, grownCodes, grownFloats } from './growing-array.ts';

/** A value that a format types by itself. */
export type TypedValue = number | string | boolean | Date | null;

/** What a column's values are. */
export type ValueKind = 'number' | 'text' | 'boolean' | 'date';

/**
 * A column built value by value, of the values' own type: numbers, booleans and dates as long as all values are
 * of one; text when they are mixed or texts, others then being written as the language writes them.
 */
export class ValueColumn {
  #kind: ValueKind | undefined;
  #rows = 0;
  #numbers = new Float64Array(0);
  #codes = new Int32Array(0);
  readonly #known = new Numbering<string>();
  readonly #isMissing: (text: string) => boolean;

  /** @param kind of the values, where it is known beforehand; `text` keeps every value as text. */
  constructor(isMissing: (text: string) => boolean, kind?: ValueKind) {
    this.#isMissing = isMissing;
    this.#kind = kind;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Adds the value of the next row. */
  add(value: TypedValue): void {
    const row = this.#rows++;
    if (value === null || (typeof value === 'string' && this.#codeOf(value) < 0)) {
      this.#addMissing(row);
      return;
    }
    const kind = kindOf(value);
    if (this.#kind === undefined) this.#begin(kind, row);
    else if (this.#kind !== kind && this.#kind !== 'text') this.#becomeText(row);
    if (this.#kind === 'text') {
      this.#codes = grownCodes(this.#codes, row + 1, 0);
      this.#codes[row] = this.#codeOf(textOf(value));
    } else {
      this.#numbers = grownFloats(this.#numbers, row + 1, 0);
      this.#numbers[row] = Number(value);
    }
  }

  /** Adds missing values until the column has so many rows. */
  fill(rows: number): void {
    while (this.#rows < rows) this.#addMissing(this.#rows++);
  }

  /** The column; call once, at the end. A column without any value is of numbers. */
  finish(): Column {
    const rows = this.#rows;
    switch (this.#kind) {
      case 'text':
        return {
          type: 'category',
          codes: firstCodes(this.#codes, rows),
          dictionary: this.#known.values,
        };
      case 'boolean':
        return {
          type: 'boolean',
          values: Int8Array.from(firstFloats(this.#numbers, rows), (v) => (Number.isNaN(v) ? -1 : v)),
        };
      case 'date':
        return { type: 'date', values: firstFloats(this.#numbers, rows) };
      case 'number':
        return { type: 'number', values: firstFloats(this.#numbers, rows) };
      default:
        return { type: 'number', values: new Float64Array(rows).fill(Number.NaN) };
    }
  }

  #addMissing(row: number): void {
    if (this.#kind === 'text') {
      this.#codes = grownCodes(this.#codes, row + 1, 0);
      this.#codes[row] = -1;
    } else if (this.#kind !== undefined) {
      this.#numbers = grownFloats(this.#numbers, row + 1, 0);
      this.#numbers[row] = Number.NaN;
    }
  }

  #begin(kind: ValueKind, row: number): void {
    this.#kind = kind;
    if (kind === 'text') this.#codes = grownCodes(this.#codes, row + 1, 0).fill(-1, 0, row);
    else this.#numbers = grownFloats(this.#numbers, row + 1, 0).fill(Number.NaN, 0, row);
  }

  #becomeText(rows: number): void {
    const kind = this.#kind;
    this.#kind = 'text';
    this.#codes = grownCodes(this.#codes, rows + 1, 0);
    for (let row = 0; row < rows; row++) {
      const value = this.#numbers[row]!;
      const own = kind === 'boolean' ? value === 1 : kind === 'date' ? new Date(value) : value;
      this.#codes[row] = Number.isNaN(value) ? -1 : this.#codeOf(textOf(own));
    }
    this.#numbers = new Float64Array(0);
  }

  #codeOf(text: string): number {
    const known = this.#known.find(text);
    if (known !== undefined) return known;
    return this.#isMissing(text) ? -1 : this.#known.of(text);
  }
}

function kindOf(value: Exclude<TypedValue, null>): ValueKind {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'text' : 'date';
}

function textOf(value: Exclude<TypedValue, null>): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
