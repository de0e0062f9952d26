import type { BinMatrix } from './bin-matrix.ts';

/**
 * Puts the left child's rows before the right one's, each in their order; returns where the right one's begin.
 *
 * @param goesLeft by the column's bin: 1 where its rows go left.
 * @param buffer room for as many rows.
 */
export function partition(
  matrix: BinMatrix,
  column: number,
  goesLeft: Uint8Array,
  rows: Uint32Array,
  from: number,
  to: number,
  buffer: Uint32Array,
): number {
  const bins = matrix.bytes.subarray(column * matrix.rows, (column + 1) * matrix.rows);
  const middle = partInto(bins, goesLeft, rows, from, to, buffer);
  rows.set(buffer.subarray(0, to - middle), middle);
  return middle;
}

/** The right child's rows go to the buffer. */
function partInto(
  bins: Uint8Array,
  goesLeft: Uint8Array,
  rows: Uint32Array,
  from: number,
  to: number,
  buffer: Uint32Array,
): number {
  let left = from;
  let right = 0;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const side = goesLeft[bins[row]!]!;
    // Both are written and one is kept: a branch would be guessed wrong for every other row.
    rows[left] = row;
    buffer[right] = row;
    left += side;
    right += 1 - side;
  }
  return left;
}
