import { expect, test } from 'vitest';
import { createRandom } from '../platform/random.ts';
import { pivotedFactor } from './pivoted-cholesky.ts';

test('factorises the example in its comment', () => {
  const { rank, lower, pivots } = pivotedFactor(Float64Array.of(4, 2, 2, 1), 2);
  expect({ rank, lower: [...lower], pivots }).toEqual({ rank: 1, lower: [2, 1], pivots: [0] });
});

test.each([
  [6, 6],
  [9, 4],
  [5, 0],
])(
  'of %i rows made of %i vectors finds the rank, and a factor that is triangular within its pivots',
  (n, rank) => {
    const random = createRandom(10 * n + rank);
    const vectors = Array.from({ length: rank }, () =>
      Float64Array.from({ length: n }, () => random.normal()),
    );
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) for (const v of vectors) matrix[i * n + j]! += v[i]! * v[j]!;
    }
    const found = pivotedFactor(matrix, n);
    expect(found.rank).toBe(rank);
    const at = (i: number, k: number) => found.lower[i * rank + k]!;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let product = 0;
        for (let k = 0; k < rank; k++) product += at(i, k) * at(j, k);
        expect(product).toBeCloseTo(matrix[i * n + j]!, 10);
      }
    }
    for (const [place, pivot] of found.pivots.entries()) {
      for (let k = place + 1; k < rank; k++) expect(at(pivot, k)).toBe(0);
    }
  },
);
