import type { Column } from '../dataset/table/table.ts';
import { Numbering } from '../platform/numbering.ts';

/** A key of a row as a whole number; where a column of it is missing there is none, and it equals nothing, as in SQL. */
export const noKey = -1;

/**
 * Numbers keys by value, alike in all tables: equal values in all columns have one code, from 0 in order of first
 * appearance.
 *
 * @param tables of each the columns of its key, in one order and of the same types. @param rows of each, for keys of no column:
 *   then all rows have one.
 * @returns for each table a code for each row; {@link noKey} where a value is missing.
 */
export function keyCodes(tables: readonly (readonly Column[])[], rows: readonly number[] = []): Int32Array[] {
  const width = tables[0]?.length ?? 0;
  let codes: Int32Array[] | undefined;
  for (let i = 0; i < width; i++) {
    const next = columnCodes(tables.map((columns) => columns[i]!));
    codes = codes ? pairCodes(codes, next) : next;
  }
  return codes ?? rows.map((count) => new Int32Array(count));
}

function columnCodes(columns: readonly Column[]): Int32Array[] {
  const known = new Numbering<string | number>();
  return columns.map((column) => {
    if (column.type === 'category') {
      const translated = new Int32Array(column.dictionary.length).fill(noKey);
      return column.codes.map((code) => {
        if (code < 0) return noKey;
        if (translated[code] === noKey) translated[code] = known.of(column.dictionary[code]!);
        return translated[code]!;
      });
    }
    if (column.type === 'boolean')
      return Int32Array.from(column.values, (value) => (value < 0 ? noKey : known.of(value)));
    return Int32Array.from(column.values, (value) => (Number.isNaN(value) ? noKey : known.of(value)));
  });
}

function pairCodes(first: readonly Int32Array[], second: readonly Int32Array[]): Int32Array[] {
  const known = new Numbering<number>();
  let largest = 0;
  for (const codes of second) for (const code of codes) if (code > largest) largest = code;
  return first.map((codes, table) =>
    codes.map((code, row) => {
      const other = second[table]![row]!;
      if (code < 0 || other < 0) return noKey;
      return known.of(code * (largest + 1) + other);
    }),
  );
}

/** Rows by key, and by time in it, the earliest first; rows of one time, and all where there is none, in their own order. */
export interface KeyedRows {
  /** Row numbers, all of one key together; those without key or time are left out. */
  readonly rows: Int32Array;
  /** Times of these rows; absent where there are none. */
  readonly times?: Float64Array;
  /** Where a key's rows begin, by code; the next code's begin is their end. */
  readonly starts: Int32Array;
}

/** @param codes see {@link keyCodes}. @param times of the rows. */
export function rowsByKey(codes: Int32Array, times?: Float64Array): KeyedRows {
  let keys = 0;
  for (const code of codes) if (code >= keys) keys = code + 1;
  const kept = codes
    .map((_, row) => row)
    .filter((row) => codes[row]! >= 0 && !(times && Number.isNaN(times[row]!)));
  kept.sort((a, b) => codes[a]! - codes[b]! || (times ? times[a]! - times[b]! : 0) || a - b);
  const starts = new Int32Array(keys + 1);
  for (const row of kept) starts[codes[row]! + 1]!++;
  for (let i = 1; i <= keys; i++) starts[i]! += starts[i - 1]!;
  return { rows: kept, starts, ...(times ? { times: Float64Array.from(kept, (row) => times[row]!) } : {}) };
}

/** How many of a sorted range lie below a bound; with `through` those at it too. */
export function placeIn(
  times: Float64Array,
  [from, to]: readonly [number, number],
  bound: number,
  through: boolean,
): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < bound || (through && times[middle] === bound)) low = middle + 1;
    else high = middle;
  }
  return low;
}
