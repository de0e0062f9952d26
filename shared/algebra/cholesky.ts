/** Columns of the inverse that are found together: each waits for its own last step, and the others fill the time. */
const together = 4;

/**
 * Factorises a symmetric positive definite matrix in place: its lower triangle becomes L with L·Lᵀ = A
 * (row-major n × n; the upper triangle is not touched).
 *
 * @returns false when a pivot is not positive: the matrix is not positive definite.
 */
export function factorise(matrix: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0, a = i * n, b = j * n; k < j; k++) sum -= matrix[a + k]! * matrix[b + k]!;
      if (i === j) {
        if (!(sum > 0)) return false;
        matrix[j * n + j] = Math.sqrt(sum);
      } else matrix[i * n + j] = sum / matrix[j * n + j]!;
    }
  }
  return true;
}

/** Solves L·Lᵀ·x = b for a factorised matrix; `b` becomes x. */
export function solveFactorised(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * b[k]!;
    b[i] = sum / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * b[k]!;
    b[i] = sum / factor[i * n + i]!;
  }
}

/**
 * The inverse of a symmetric positive definite matrix, row by row, through its Cholesky factor.
 *
 * @param matrix size × size, its lower triangle is read; not changed.
 * @throws RangeError when it is not positive definite.
 */
export function symmetricInverse(matrix: Float64Array, size: number): Float64Array {
  const lower = matrix.slice();
  if (!factorise(lower, size)) {
    throw new RangeError(`the inverse of a ${size} × ${size} matrix that is not positive definite`);
  }
  const upper = transposed(lower, size);
  const inverse = new Float64Array(size * size);
  // Right-hand sides beside each other: entry i of column c is at i * together + c.
  const sides = new Float64Array(size * together);
  for (let first = 0; first < size; first += together) {
    sides.fill(0);
    const count = Math.min(together, size - first);
    for (let c = 0; c < count; c++) sides[(first + c) * together + c] = 1;
    for (let i = first; i < size; i++) solveRow(lower, sides, { size, i, from: first, to: i });
    for (let i = size - 1; i >= 0; i--) solveRow(upper, sides, { size, i, from: i + 1, to: size });
    for (let c = 0; c < count; c++) {
      for (let i = 0; i < size; i++) inverse[(first + c) * size + i] = sides[i * together + c]!;
    }
  }
  return inverse;
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) out[j * size + i] = matrix[i * size + j]!;
  return out;
}

/** Row i of a triangular system, of whose unknowns those in [from, to) are known, for four right-hand sides. */
function solveRow(
  factor: Float64Array,
  sides: Float64Array,
  { size, i, from, to }: { size: number; i: number; from: number; to: number },
): void {
  const at = i * together;
  let a = sides[at]!;
  let b = sides[at + 1]!;
  let c = sides[at + 2]!;
  let d = sides[at + 3]!;
  for (let k = from; k < to; k++) {
    const entry = factor[i * size + k]!;
    const known = k * together;
    a -= entry * sides[known]!;
    b -= entry * sides[known + 1]!;
    c -= entry * sides[known + 2]!;
    d -= entry * sides[known + 3]!;
  }
  const diagonal = factor[i * size + i]!;
  sides[at] = a / diagonal;
  sides[at + 1] = b / diagonal;
  sides[at + 2] = c / diagonal;
  sides[at + 3] = d / diagonal;
}
