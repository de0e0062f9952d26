import { factorise } from '../../algebra/cholesky.ts';

/**
 * The Cholesky factor of a curvature, its diagonal raised until it has one.
 *
 * @param matrix row-major n × n, its lower triangle is read; not changed.
 * @param raise first tried, relative to the diagonal's mean: collinear inputs (one-hot groups) have a solution.
 * @throws RangeError when nothing helps: the matrix is not finite.
 */
export function raisedFactor(matrix: Float64Array, n: number, raise: number): Float64Array {
  let mean = 0;
  for (let k = 0; k < n; k++) mean += matrix[k * n + k]! / n;
  for (let ridge = raise; ridge < 1e6; ridge *= 10) {
    const factor = Float64Array.from(matrix);
    for (let k = 0; k < n; k++) factor[k * n + k]! += ridge * (mean || 1);
    if (factorise(factor, n)) return factor;
  }
  throw new RangeError('the curvature of a linear model has no factor: its inputs are not finite');
}
