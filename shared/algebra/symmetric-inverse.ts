/** Columns of the inverse that are found together: each waits for its own last step, and the others fill the time. */
const together = 4;

/**
 * The inverse of a symmetric positive definite matrix, row by row, through its Cholesky factor.
 *
 * @param matrix size × size; not changed.
 */
export function symmetricInverse(matrix: Float64Array, size: number): Float64Array {
  const lower = choleskyFactor(matrix, size);
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

function choleskyFactor(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / lower[j * size + j]!;
    }
  }
  return lower;
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
