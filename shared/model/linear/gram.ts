import type { Design } from './design.ts';

/** Rows whose products are summed together: a column of them stays in the fastest cache. */
const blockRows = 128;

/**
 * Σ weight · z·zᵀ over a design's rows, z a row of standardised inputs with a one appended: (width + 1)², row-major, in
 * double precision, lower triangle. Takes rows × (width + 1)² / 2 multiplications.
 *
 * @param weightOf of a row, at least 0; default: the row's own.
 * @param count rows that are summed, taken at equal distances from all, and counted as if they were all; default all.
 */
export function weightedGram(
  design: Design,
  weightOf: (row: number) => number = (row) => design.weights?.[row] ?? 1,
  count = design.rows,
): Float64Array {
  const { rows, width, x, scale } = design;
  const size = width + 1;
  const share = rows / count;
  const gram = new Float64Array(size * size);
  // Column by column: entry i of column j is at j * blockRows + i.
  const block = new Float64Array(size * blockRows);
  for (let from = 0; from < count; from += blockRows) {
    const filled = Math.min(blockRows, count - from);
    block.fill(0);
    for (let i = 0; i < filled; i++) {
      const row = count === rows ? from + i : Math.floor((from + i) * share);
      const root = Math.sqrt(weightOf(row) * share);
      for (let j = 0, k = row * width; j < width; j++) {
        block[j * blockRows + i] = (root * (x[k + j]! - scale.mean[j]!)) / scale.deviation[j]!;
      }
      block[width * blockRows + i] = root;
    }
    addProducts(gram, block, size);
  }
  return gram;
}

/** Adds the products of all pairs of a block's columns, four at a time, so that what is loaded is used twice. */
function addProducts(gram: Float64Array, block: Float64Array, size: number): void {
  for (let a = 0; a < size; a += 2) {
    const a0 = a * blockRows;
    const a1 = Math.min(a + 1, size - 1) * blockRows;
    for (let b = 0; b <= a; b += 2) {
      const b0 = b * blockRows;
      const b1 = Math.min(b + 1, size - 1) * blockRows;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      for (let i = 0; i < blockRows; i++) {
        const p = block[a0 + i]!;
        const q = block[a1 + i]!;
        const r = block[b0 + i]!;
        const s = block[b1 + i]!;
        s00 += p * r;
        s01 += p * s;
        s10 += q * r;
        s11 += q * s;
      }
      gram[a * size + b]! += s00;
      if (b < a) gram[a * size + b + 1]! += s01;
      if (a + 1 === size) continue;
      gram[(a + 1) * size + b]! += s10;
      gram[(a + 1) * size + b + 1]! += s11;
    }
  }
}
