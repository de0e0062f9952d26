/** A = L·Lᵀ of a symmetric positive semidefinite matrix, as far as it has rank. */
export interface PivotedFactor {
  /** Columns of L. */
  readonly rank: number;
  /** Row-major n × rank. */
  readonly lower: Float64Array;
  /** The rows of A, one a column, that the others' rows follow from: within these L is lower triangular. */
  readonly pivots: readonly number[];
}

/** What is left of the diagonal, against its largest entry, at which the rest of a matrix is rounding. */
const negligible = 1e-12;

/**
 * Factorises by the largest entry that is left of the diagonal, until nothing is left (Higham, Accuracy and Stability of
 * Numerical Algorithms, 2nd ed., 10.3). Of equally large ones the first is taken.
 *
 * @param matrix row-major n × n, symmetric; not changed.
 * @example pivotedFactor(Float64Array.of(4, 2, 2, 1), 2) // rank 1, lower 2, 1
 */
export function pivotedFactor(matrix: Float64Array, n: number): PivotedFactor {
  const left = Float64Array.from({ length: n }, (_, i) => matrix[i * n + i]!);
  const columns: Float64Array[] = [];
  const pivots: number[] = [];
  const end = negligible * left.reduce((largest, value) => Math.max(largest, value), 0);
  while (pivots.length < n) {
    let pivot = 0;
    for (let i = 1; i < n; i++) if (left[i]! > left[pivot]!) pivot = i;
    if (!(left[pivot]! > end)) break;
    const root = Math.sqrt(left[pivot]!);
    const column = Float64Array.from(matrix.subarray(pivot * n, (pivot + 1) * n));
    for (const earlier of columns) {
      const factor = earlier[pivot]!;
      for (let i = 0; i < n; i++) column[i]! -= factor * earlier[i]!;
    }
    for (let i = 0; i < n; i++) {
      column[i]! /= root;
      left[i]! -= column[i]! ** 2;
    }
    for (const done of pivots) column[done] = 0;
    column[pivot] = root;
    left[pivot] = Number.NEGATIVE_INFINITY;
    columns.push(column);
    pivots.push(pivot);
  }
  const rank = columns.length;
  const lower = new Float64Array(n * rank);
  for (const [k, column] of columns.entries()) for (let i = 0; i < n; i++) lower[i * rank + k] = column[i]!;
  return { rank, lower, pivots };
}
