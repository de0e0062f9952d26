import { pivotedFactor } from '../../algebra/pivoted-cholesky.ts';
import type { Design } from './design.ts';

/** A wide design as an equivalent one with at most as many inputs as rows. */
export interface RowSpan {
  readonly design: Design;
  /** Coefficients of the narrow design as those of the wide one. */
  widen(coefficients: Float64Array): Float64Array;
}

/** Multiplications that {@link rowSpan} takes. */
export function workOfRowSpan(rows: number, width: number): number {
  return (rows * rows * width) / 2 + rows ** 3 / 3;
}

/**
 * Where there are more inputs than rows, the coefficients with the least penalty are sums of rows (Wahba's representer
 * theorem): w = Xᵀa. With X·Xᵀ = L·Lᵀ, the rows of L give the same predictions and the same penalty by coefficients
 * β = Lᵀa, so that a design of L's few columns is solved instead.
 */
export function rowSpan(wide: Design): RowSpan {
  const { rows, width, x, scale, output } = wide;
  const z = new Float64Array(rows * width);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < width; j++, k++) z[k] = (x[k]! - scale.mean[j]!) / scale.deviation[j]!;
  }
  const { rank, lower, pivots } = pivotedFactor(productsOfRows(z, rows, width), rows);
  const narrow: Design = {
    ...wide,
    width: rank,
    x: lower,
    scale: { mean: new Float64Array(rank), deviation: new Float64Array(rank).fill(1) },
  };

  function widen(coefficients: Float64Array): Float64Array {
    const wideOnes = new Float64Array(output.units * (width + 1));
    for (let u = 0; u < output.units; u++) {
      const own = coefficients.slice(u * (rank + 1), u * (rank + 1) + rank);
      const start = u * (width + 1);
      // Solves Lᵀa = β, from the last pivot back; rows that are no pivots have a = 0.
      for (let k = rank - 1; k >= 0; k--) {
        const place = pivots[k]! * rank;
        const share = own[k]! / lower[place + k]!;
        for (let other = 0; other < k; other++) own[other]! -= share * lower[place + other]!;
        for (let j = 0, from = pivots[k]! * width; j < width; j++)
          wideOnes[start + j]! += share * z[from + j]!;
      }
      wideOnes[start + width] = coefficients[u * (rank + 1) + rank]!;
    }
    return wideOnes;
  }
  return { design: narrow, widen };
}

/** X·Xᵀ, row-major rows × rows. */
function productsOfRows(z: Float64Array, rows: number, width: number): Float64Array {
  const products = new Float64Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b <= a; b++) {
      let even = 0;
      let odd = 0;
      const [p, q] = [a * width, b * width];
      for (let j = 0; j + 1 < width; j += 2) {
        even += z[p + j]! * z[q + j]!;
        odd += z[p + j + 1]! * z[q + j + 1]!;
      }
      if (width % 2 === 1) even += z[p + width - 1]! * z[q + width - 1]!;
      products[a * rows + b] = even + odd;
      products[b * rows + a] = even + odd;
    }
  }
  return products;
}
