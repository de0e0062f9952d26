import { Numbering } from '../../platform/numbering.ts';
import { type Column, columnOf, type Table } from '../table/table.ts';
import { truths } from '../types/column-type.ts';
import { isoTime } from '../values/date-texts.ts';
import { numberOfText } from '../values/number-text.ts';

/** Keys of the rows of two tables as numbers: equal numbers are equal keys; -1 lacks a value, and equals nothing. */
export interface JoinKeys {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/**
 * Numbers the keys of two tables alike, whatever types the same values have in either: where one side has numbers, dates or
 * truths, the texts of the other are read as such (`"7"`, `"7.0"` and 7 are equal). Two texts are compared as they are
 * written, but for the point that whole numbers get in passing (`7.0` is `7`). `007` is never 7.
 */
export function joinKeys(left: Table, right: Table, key: readonly string[]): JoinKeys {
  return key.map((name) => numbered(columnOf(left, name), columnOf(right, name))).reduce(combined);
}

type KeyValue = string | number | null;
type ReadText = (text: string) => KeyValue;

function numbered(left: Column, right: Column): JoinKeys {
  const read = readerFor(left, right);
  const known = new Numbering<string | number>();
  const numberOf = (value: KeyValue): number => (value === null || value === '' ? -1 : known.of(value));
  return { left: codesOf(left, read, numberOf), right: codesOf(right, read, numberOf) };
}

function readerFor(...columns: readonly Column[]): ReadText {
  const types = new Set(columns.map(({ type }) => type));
  if (types.size === 1) return asWritten;
  if (types.has('date')) return orText((text) => isoTime(text) ?? Number.NaN);
  if (types.has('boolean')) return orText((text) => truths.get(text.toLowerCase()) ?? Number.NaN);
  // A number with leading zeros is an identifier: 007 and 7 may be two.
  return orText((text) => (/^[+-]?0\d/.test(text) ? Number.NaN : numberOfText(text)));
}

const asWritten: ReadText = (text) => text.trim().replace(/^([+-]?\d+)\.0+$/, '$1');

/** A text that cannot be read is not a missing value: it only equals no value of the other side. */
function orText(read: (text: string) => number): ReadText {
  return (text) => {
    const value = read(text.trim());
    // 0 and -0 are one key.
    return Number.isNaN(value) ? text.trim() : value + 0;
  };
}

function codesOf(column: Column, read: ReadText, numberOf: (value: KeyValue) => number): Int32Array {
  switch (column.type) {
    case 'category': {
      // A text that many rows have is read once.
      const numbers = Int32Array.from(column.dictionary, (text) => numberOf(read(text)));
      return column.codes.map((code) => (code < 0 ? -1 : numbers[code]!));
    }
    case 'boolean':
      return Int32Array.from(column.values, (value) => numberOf(value < 0 ? null : value));
    default:
      return Int32Array.from(column.values, (value) => numberOf(Number.isNaN(value) ? null : value + 0));
  }
}

/** The keys of two columns as those of their pairs. */
function combined(first: JoinKeys, second: JoinKeys): JoinKeys {
  const width = 1 + Math.max(largest(second.left), largest(second.right));
  const known = new Numbering<number>();
  // A pair is exact in a double up to 67 million different values of either column.
  const pairs = (a: Int32Array, b: Int32Array): Int32Array =>
    a.map((one, row) => (one < 0 || b[row]! < 0 ? -1 : known.of(one * width + b[row]!)));
  return { left: pairs(first.left, second.left), right: pairs(first.right, second.right) };
}

function largest(codes: Int32Array): number {
  return codes.reduce((most, code) => Math.max(most, code), 0);
}
