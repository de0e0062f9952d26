import { table as arqueroTable } from 'arquero';
import { type KeyedRows, noKey, placeIn, rowsByKey } from './key-codes.ts';
import { noRow } from './work-table.ts';

/** Rows of two tables that belong together, in the order of the first's rows, and then of the second's. */
export interface RowPairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/**
 * The pairs of rows with equal keys, by arquero's join. It sees row numbers and codes under names of ours: no text of a
 * user's reaches its parser (docs/adr/0037-steps.md).
 *
 * @param left see `keyCodes`; rows without a key have no partner.
 */
export function equalKeys(left: Int32Array, right: Int32Array): RowPairs {
  const joined = keyed(left, 'left').join(keyed(right, 'right'), 'code', [['left'], ['right']]);
  return inOrder(
    Int32Array.from(joined.array('left') as number[]),
    Int32Array.from(joined.array('right') as number[]),
  );
}

function keyed(codes: Int32Array, name: 'left' | 'right') {
  const rows = codes.map((_, row) => row).filter((row) => codes[row] !== noKey);
  return arqueroTable({ code: rows.map((row) => codes[row]!), [name]: rows });
}

/** arquero scans the longer table, whichever it is. */
function inOrder(left: Int32Array, right: Int32Array): RowPairs {
  const inOrderAlready = left.every(
    (row, pair) =>
      pair === 0 || left[pair - 1]! < row || (left[pair - 1] === row && right[pair - 1]! <= right[pair]!),
  );
  if (inOrderAlready) return { left, right };
  const order = left.map((_, pair) => pair).sort((a, b) => left[a]! - left[b]! || right[a]! - right[b]!);
  return { left: order.map((pair) => left[pair]!), right: order.map((pair) => right[pair]!) };
}

/** What a partner may be: never newer than the row. */
export interface AsOf {
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** How much older it may be, in the times' own unit. */
  readonly tolerance: number;
  readonly sameTime: boolean;
}

/**
 * Of the rows with an equal key the newest that is not newer than the row, of those of one time the last. A row without a
 * time has no partner, and is none.
 */
export function newestBefore(left: Int32Array, right: Int32Array, times: AsOf): RowPairs {
  const partners = rowsByKey(right, times.right);
  const found = left.map((code, row) => newestOf(partners, code, times.left[row]!, times));
  const rows = found.map((_, row) => row).filter((row) => found[row] !== noRow);
  return { left: rows, right: rows.map((row) => found[row]!) };
}

function newestOf({ rows, times, starts }: KeyedRows, code: number, time: number, asOf: AsOf): number {
  if (code < 0 || code >= starts.length - 1 || Number.isNaN(time)) return noRow;
  const from = starts[code]!;
  const place = placeIn(times!, [from, starts[code + 1]!], time, asOf.sameTime) - 1;
  return place < from || times![place]! < time - asOf.tolerance ? noRow : rows[place]!;
}

/** The pairs, and the rows of the first table that have none, in the first's order. */
export function withUnpaired({ left, right }: RowPairs, rows: number): RowPairs {
  const partners = new Int32Array(rows);
  for (const row of left) partners[row]!++;
  const total = partners.reduce((sum, count) => sum + Math.max(1, count), 0);
  const all = { left: new Int32Array(total), right: new Int32Array(total).fill(noRow) };
  let [at, pair] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const count = partners[row]!;
    for (let i = 0; i < Math.max(1, count); i++) all.left[at + i] = row;
    for (let i = 0; i < count; i++) all.right[at + i] = right[pair++]!;
    at += Math.max(1, count);
  }
  return all;
}

/** The rows of the first table that have no partner. */
export function unpaired({ left }: RowPairs, rows: number): Int32Array {
  const paired = new Uint8Array(rows);
  for (const row of left) paired[row] = 1;
  return new Int32Array(rows).map((_, row) => row).filter((row) => paired[row] === 0);
}
