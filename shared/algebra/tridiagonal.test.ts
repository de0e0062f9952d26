import { expect, test } from 'vitest';
import { createRandom } from '../platform/random.ts';
import { tridiagonalise } from './tridiagonal.ts';

test('solves the example in its comment', () => {
  const b = Float64Array.of(5, 5);
  tridiagonalise(Float64Array.of(2, 0, 1, 2), 2).solve(b, 1);
  expect([...b]).toEqual([expect.closeTo(1.25, 14), expect.closeTo(1.25, 14)]);
});

test.each([
  { n: 0, rank: 0 },
  { n: 1, rank: 1 },
  { n: 3, rank: 3 },
  { n: 12, rank: 5 },
  { n: 40, rank: 60 },
])('solves a matrix of $n rows made of $rank vectors for every shift', ({ n, rank }) => {
  const random = createRandom(n);
  const vectors = Array.from({ length: rank }, () => Float64Array.from({ length: n }, () => random.normal()));
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) for (const v of vectors) matrix[i * n + j]! += v[i]! * v[j]!;
  }
  const form = tridiagonalise(Float64Array.from(matrix), n);
  for (const shift of [1e-3, 1, 3000]) {
    const b = Float64Array.from({ length: n }, () => random.normal());
    const x = Float64Array.from(b);
    form.solve(x, shift);
    const size = Math.max(0, ...x.map(Math.abs));
    for (let i = 0; i < n; i++) {
      const product = x.reduce((sum, value, j) => sum + matrix[i * n + j]! * value, shift * x[i]!);
      // Backward stable: what is left is rounding of the matrix times the solution.
      expect(Math.abs(product - b[i]!)).toBeLessThan(1e-13 * (1 + n * rank) * Math.max(1, size));
    }
  }
});

test('a matrix without anything beside its diagonal is solved as it is', () => {
  const b = Float64Array.of(3, 4, 0);
  tridiagonalise(Float64Array.of(2, 0, 0, 0, 3, 0, 0, 0, 0), 3).solve(b, 1);
  expect([...b]).toEqual([1, 1, 0]);
});
