type Matrix = Float64Array;

const large = 2 ** 128;

function multiply(a: Matrix, b: Matrix, size: number): Matrix {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const left = a[i * size + k]!;
      if (left === 0) continue;
      for (let j = 0; j < size; j++) {
        const at = i * size + j;
        out[at] = out[at]! + left * b[k * size + j]!;
      }
    }
  }
  return out;
}

/** Durbin's matrix: 1/(i - j + 1)! below its first superdiagonal, corners corrected for where the band cuts a step. */
function durbinMatrix(size: number, h: number): Matrix {
  const inverse = new Float64Array(size + 2).fill(1);
  for (let i = 1; i < inverse.length; i++) inverse[i] = inverse[i - 1]! / i;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < Math.min(i + 2, size); j++) matrix[i * size + j] = inverse[i - j + 1]!;
  }
  for (let i = 0; i < size; i++) {
    const cut = (1 - h ** (i + 1)) * inverse[i + 1]!;
    matrix[i * size] = cut;
    matrix[(size - 1) * size + (size - 1 - i)] = cut;
  }
  const both = 1 - 2 * h ** size + Math.max(0, 2 * h - 1) ** size;
  matrix[(size - 1) * size] = both * inverse[size]!;
  return matrix;
}

/** A matrix and the power of two by which it was divided. */
interface Scaled {
  readonly matrix: Matrix;
  readonly exponent: number;
}

function rescale({ matrix, exponent }: Scaled, size: number): Scaled {
  const middle = (size - 1) / 2;
  if (matrix[middle * size + middle]! < large) return { matrix, exponent };
  return { matrix: matrix.map((value) => value / large), exponent: exponent + 128 };
}

function power(base: Matrix, size: number, n: number): Scaled {
  let square: Scaled = { matrix: base, exponent: 0 };
  let result: Scaled | undefined;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      result = rescale(
        result
          ? {
              matrix: multiply(result.matrix, square.matrix, size),
              exponent: result.exponent + square.exponent,
            }
          : square,
        size,
      );
    }
    if (rest > 1) {
      square = rescale(
        { matrix: multiply(square.matrix, square.matrix, size), exponent: 2 * square.exponent },
        size,
      );
    }
  }
  return result ?? square;
}

/**
 * P(D < x) for one sample of n rows, exact: n!/nⁿ times the middle element of Durbin's matrix to the n. Takes
 * (2nx)³ log n steps.
 *
 * Marsaglia, Tsang and Wang, "Evaluating Kolmogorov's distribution", Journal of Statistical Software 8(18), 2003.
 */
export function durbinProbability(n: number, x: number): number {
  const k = Math.ceil(n * x);
  const size = 2 * k - 1;
  const { matrix, exponent } = power(durbinMatrix(size, k - n * x), size, n);
  let value = matrix[(k - 1) * size + (k - 1)]!;
  let shift = exponent;
  for (let i = 1; i <= n; i++) {
    value *= i / n;
    if (value < 1 / large) {
      value *= large;
      shift -= 128;
    }
  }
  return value * 2 ** shift;
}
