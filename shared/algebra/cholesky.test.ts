import { describe, expect, it } from 'vitest';
import { factorise, solveFactorised, symmetricInverse } from './cholesky.ts';
import fixtures from './fixtures/algebra.json' with { type: 'json' };

/** The largest difference, in parts of the largest expected number. */
function difference(actual: Float64Array, expected: readonly number[]): number {
  const size = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!) / size));
}

describe.each(fixtures.matrices)('a positive definite matrix of $size rows', ({ size, ...expected }) => {
  const matrix = Float64Array.from(expected.matrix);

  it('is solved for a right-hand side as numpy.linalg.solve does', () => {
    const factor = matrix.slice();
    const side = Float64Array.from(expected.side);
    expect(factorise(factor, size)).toBe(true);
    solveFactorised(factor, size, side);
    expect(difference(side, expected.solution)).toBeLessThan(1e-11);
  });

  it('has the inverse of numpy.linalg.inv, and is left as it was', () => {
    expect(difference(symmetricInverse(matrix, size), expected.inverse)).toBeLessThan(1e-11);
    expect([...matrix]).toEqual(expected.matrix);
  });
});

it('a matrix with a negative eigenvalue has no factor and no inverse of this kind', () => {
  const matrix = Float64Array.of(1, 2, 2, 1);
  expect(factorise(matrix.slice(), 2)).toBe(false);
  expect(() => symmetricInverse(matrix, 2)).toThrow(
    'the inverse of a 2 × 2 matrix that is not positive definite',
  );
});
