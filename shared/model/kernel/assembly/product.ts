// Matrix products. Every sum is taken in the order of `inner`, so its bits depend on no other size.
import { fourByFour, fourColumnsByEight, fourRowsByEight, oneByFour } from './product-tiles';

/** Rows of `inner` summed before the next part of them is begun: their panel stays in the first cache. */
const innerBlock: usize = 256;

/** Columns whose panel stays in the second cache while all rows pass over it. */
const columnBlock: usize = 64;

/**
 * c[i][j] = start[i][j] + Σ a[i][p] · b[p][j], in single precision. All strides are in bytes, so that `a` may be read
 * by rows or, transposed, by columns, and `start` may be one row for all (a bias: stride 0) or c itself.
 *
 * @param aRow from one row of `a` to the next; 4 where it is read transposed.
 * @param aInner from one number of a row to the next: 4, or the stride of what is read transposed.
 * @param columns a multiple of 4.
 */
export function product(
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  bRow: usize,
  start: usize,
  startRow: usize,
  c: usize,
  cRow: usize,
  rows: usize,
  inner: usize,
  columns: usize,
): void {
  for (let from: usize = 0; from < inner; from += innerBlock) {
    const count = min(innerBlock, inner - from);
    const aFrom = a + from * aInner;
    const bFrom = b + from * bRow;
    for (let left: usize = 0; left < columns; left += columnBlock) {
      const width = min(columnBlock, columns - left);
      panel(aFrom, aRow, aInner, bFrom + left * 4, bRow, start + left * 4, startRow, c + left * 4, cRow, rows, count, width);
    }
    start = c;
    startRow = cRow;
  }
}

function panel(
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  bRow: usize,
  start: usize,
  startRow: usize,
  c: usize,
  cRow: usize,
  rows: usize,
  inner: usize,
  columns: usize,
): void {
  const fours = rows & ~3;
  const eights = (columns & ~7) * 4;
  const end = columns * 4;
  let i: usize = 0;
  for (; i < fours; i += 4) {
    const at = a + i * aRow;
    const from = start + i * startRow;
    const to = c + i * cRow;
    let j: usize = 0;
    if (aInner == 4) {
      for (; j < eights; j += 32) fourRowsByEight(at, aRow, b + j, bRow, from + j, startRow, to + j, cRow, inner);
    } else {
      for (; j < eights; j += 32) fourColumnsByEight(at, aInner, b + j, bRow, from + j, startRow, to + j, cRow, inner);
    }
    if (j < end) fourByFour(at, aRow, aInner, b + j, bRow, from + j, startRow, to + j, cRow, inner);
  }
  for (; i < rows; i++) {
    const at = a + i * aRow;
    const from = start + i * startRow;
    const to = c + i * cRow;
    for (let j: usize = 0; j < end; j += 16) oneByFour(at, aInner, b + j, bRow, from + j, to + j, inner);
  }
}
