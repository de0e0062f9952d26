import type { Lock } from '../config/lock.ts';
import { digestOf, sha256 } from '../platform/digest.ts';
import type { SourcePart } from './origin.ts';
import { hashRows } from './row-id.ts';
import type { Table } from './table.ts';
import type { Periods } from './window.ts';

export type Pins = Lock['data']['parts'];

/** Where each period's rows are: `order` lists row numbers period by period, in source order inside each. */
export interface PeriodRows {
  readonly order: Uint32Array;
  /** Where each period begins in `order`; one more than there are periods. */
  readonly starts: Uint32Array;
}

/** Sorts row numbers by period, keeping the source's order. */
export function rowsByPeriod({ codes, names }: Periods): PeriodRows {
  const starts = new Uint32Array(names.length + 1);
  for (const code of codes) starts[code + 1]!++;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const next = starts.slice();
  const order = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) order[next[codes[row]!]!++] = row;
  return { order, starts };
}

/** The content of every row: 64-bit hashes over all columns in order of name, two words a row. */
export function contentWords(table: Table): Uint32Array {
  const { high, low } = hashRows(table, [...table.columns.keys()].sort());
  const words = new Uint32Array(table.rows * 2);
  for (let row = 0; row < table.rows; row++) {
    words[2 * row] = high[row]!;
    words[2 * row + 1] = low[row]!;
  }
  return words;
}

/** SHA-256 of the content of the given rows, in their order. */
export function digestOfRows(words: Uint32Array, rows: Uint32Array): string {
  const chosen = new Uint32Array(rows.length * 2);
  for (let i = 0; i < rows.length; i++) {
    chosen[2 * i] = words[2 * rows[i]!]!;
    chosen[2 * i + 1] = words[2 * rows[i]! + 1]!;
  }
  return sha256(new Uint8Array(chosen.buffer));
}

/** Pins by period of event time. */
export function pinPeriods(words: Uint32Array, periods: Periods, rows: PeriodRows): Pins {
  return periods.names.flatMap((name, code) => {
    const members = rows.order.subarray(rows.starts[code]!, rows.starts[code + 1]!);
    return members.length === 0 ? [] : [{ name, rows: members.length, digest: digestOfRows(words, members) }];
  });
}

/** Pins by file or page: the digests of their bytes. */
export function pinParts(parts: readonly SourcePart[]): Pins {
  return parts.map(({ name, rows, digest }) => ({ name, rows, digest }));
}

/** The digest of all that is pinned. */
export function digestOfPins(pins: Pins): string {
  return digestOf(pins);
}
