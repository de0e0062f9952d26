import { expect, test } from 'vitest';
import { minimise } from './lbfgs.ts';

/** Σ (exp(c·x) - c·x) / c²: least at 0, of curvature 1 there, and more or less than that elsewhere. */
function search(factor: number) {
  const slopes = Array.from({ length: 30 }, (_, k) => 0.5 + k / 20);
  let evaluations = 0;
  const at = new Float64Array(slopes.length).fill(1.5);
  const { converged } = minimise(
    (x, gradient) => {
      evaluations++;
      let value = 0;
      for (const [k, slope] of slopes.entries()) {
        value += (Math.exp(slope * x[k]!) - slope * x[k]!) / slope ** 2;
        gradient[k] = (Math.exp(slope * x[k]!) - 1) / slope;
      }
      return value;
    },
    at,
    (gradient) => {
      for (let k = 0; k < gradient.length; k++) gradient[k]! *= factor;
    },
    { tolerance: 1e-14, steps: 60 },
  );
  return { at, converged, evaluations };
}

test('the least value is found, whatever the preconditioner is', () => {
  for (const factor of [1, 20, 0.02]) {
    const { at, converged } = search(factor);
    expect(converged).toBe(true);
    for (const value of at) expect(value).toBeCloseTo(0, 5);
  }
});

test('a preconditioner that is too large as a whole costs a few trials, not one for each step', () => {
  // Each halving of the first step takes one: 20 is between 2⁴ and 2⁵.
  expect(search(20).evaluations).toBeLessThanOrEqual(search(1).evaluations + 5);
});
