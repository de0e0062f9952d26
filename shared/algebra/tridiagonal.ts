/** A symmetric matrix A = Q·T·Qᵀ with T tridiagonal and Q orthogonal, ready to solve (A + shift·I)·x = b for many shifts. */
export interface TridiagonalForm {
  /**
   * Solves (A + shift·I)·x = b; `b` becomes x. Takes 2n² multiplications.
   *
   * @param shift above 0; A has no eigenvalue below 0, up to rounding.
   */
  solve(b: Float64Array, shift: number): void;
  /** `b` becomes Qᵀ·b. Takes n² multiplications. */
  turn(b: Float64Array): void;
  /** `b` becomes Q·b. Takes n² multiplications. */
  turnBack(b: Float64Array): void;
  /** Solves (T + shift·I)·x = b, that is {@link solve} of what is turned; `b` becomes x. Takes 3n multiplications. */
  solveTurned(b: Float64Array, shift: number): void;
}

/**
 * Brings a symmetric positive semidefinite matrix to tridiagonal form by Householder reflections, once for all shifts: ⅔n³
 * multiplications, and no iteration that has to converge (Golub and Van Loan, Matrix Computations, 4th ed., 8.3.1).
 *
 * @param matrix row-major n × n, its lower triangle is read; overwritten.
 * @example tridiagonalise(Float64Array.of(2, 0, 1, 2), 2).solve(b, 1) // (3, 1; 1, 3)·x = b
 */
export function tridiagonalise(matrix: Float64Array, n: number): TridiagonalForm {
  const offDiagonal = new Float64Array(Math.max(0, n - 1));
  // Row k holds the vector of reflection k, from place k + 1 on.
  const vectors = new Float64Array(n * n);
  const factors = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    const vector = vectors.subarray(k * n, (k + 1) * n);
    for (let i = k + 1; i < n; i++) vector[i] = matrix[i * n + k]!;
    const { end, factor } = reflectionOf(vector, k + 1);
    offDiagonal[k] = end;
    factors[k] = factor;
    if (factor !== 0) reflect(matrix, n, vector, { from: k + 1, factor });
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => matrix[i * n + i]!);

  function reflectVector(b: Float64Array, k: number): void {
    if (factors[k] === 0) return;
    const v = k * n;
    // Four sums at once: each addition waits for the one before it.
    let [sum, second, third, fourth] = [0, 0, 0, 0];
    let at = k + 1;
    for (; at + 3 < n; at += 4) {
      sum += vectors[v + at]! * b[at]!;
      second += vectors[v + at + 1]! * b[at + 1]!;
      third += vectors[v + at + 2]! * b[at + 2]!;
      fourth += vectors[v + at + 3]! * b[at + 3]!;
    }
    for (; at < n; at++) sum += vectors[v + at]! * b[at]!;
    sum = (sum + second + (third + fourth)) * factors[k]!;
    for (let i = k + 1; i < n; i++) b[i]! -= sum * vectors[v + i]!;
  }

  const turn = (b: Float64Array): void => {
    for (let k = 0; k < n - 1; k++) reflectVector(b, k);
  };
  const turnBack = (b: Float64Array): void => {
    for (let k = n - 2; k >= 0; k--) reflectVector(b, k);
  };
  const solveTurned = (b: Float64Array, shift: number): void =>
    solveTridiagonal(diagonal, offDiagonal, b, shift);

  return {
    solve(b, shift) {
      turn(b);
      solveTurned(b, shift);
      turnBack(b);
    },
    ...{ turn, turnBack, solveTurned },
  };
}

/** Turns `vector`, from a place on, into that of the reflection I - factor·v·vᵀ which leaves of it the number `end` at that place. */
function reflectionOf(vector: Float64Array, from: number): { end: number; factor: number } {
  let largest = 0;
  for (let i = from; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i]!));
  const first = vector[from]!;
  if (largest === Math.abs(first) && !vector.subarray(from + 1).some((value) => value !== 0)) {
    return { end: first, factor: 0 };
  }
  let squares = 0;
  for (let i = from; i < vector.length; i++) {
    vector[i]! /= largest;
    squares += vector[i]! ** 2;
  }
  const scaled = vector[from]!;
  const end = scaled > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
  vector[from] = scaled - end;
  return { end: end * largest, factor: 1 / (squares - scaled * end) };
}

/** A ← H·A·H for the rows and columns from a place on, its lower triangle. */
function reflect(
  matrix: Float64Array,
  n: number,
  vector: Float64Array,
  { from, factor }: { readonly from: number; readonly factor: number },
): void {
  const product = new Float64Array(n);
  for (let i = from; i < n; i++) {
    const own = vector[i]!;
    let sum = matrix[i * n + i]! * own;
    for (let j = from, a = i * n; j < i; j++) {
      const entry = matrix[a + j]!;
      sum += entry * vector[j]!;
      product[j]! += entry * own;
    }
    product[i]! += sum;
  }
  let overlap = 0;
  for (let i = from; i < n; i++) {
    product[i]! *= factor;
    overlap += product[i]! * vector[i]!;
  }
  const half = (factor * overlap) / 2;
  for (let i = from; i < n; i++) product[i]! -= half * vector[i]!;
  for (let i = from; i < n; i++) {
    const [v, p] = [vector[i]!, product[i]!];
    for (let j = from, a = i * n; j <= i; j++) matrix[a + j]! -= v * product[j]! + p * vector[j]!;
  }
}

/** Elimination without exchanges: stable, since the shifted matrix is positive definite; `b` becomes the solution. */
function solveTridiagonal(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  b: Float64Array,
  shift: number,
): void {
  const n = diagonal.length;
  const pivots = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const above = i === 0 ? 0 : offDiagonal[i - 1]! / pivots[i - 1]!;
    // No pivot of a matrix lies below its least eigenvalue; rounding alone could bring one there.
    pivots[i] = Math.max(shift, diagonal[i]! + shift - (i === 0 ? 0 : above * offDiagonal[i - 1]!));
    if (i > 0) b[i]! -= above * b[i - 1]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const below = i === n - 1 ? 0 : offDiagonal[i]! * b[i + 1]!;
    b[i] = (b[i]! - below) / pivots[i]!;
  }
}
