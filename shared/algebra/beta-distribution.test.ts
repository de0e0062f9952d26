import { describe, expect, it } from 'vitest';
import { betaCumulative, betaQuantile } from './beta-distribution.ts';

describe('a beta distribution', () => {
  it.each([
    [0.5, 1, 1, 0.5],
    [0.3, 2, 5, 0.579825],
    [0.9, 40, 1, 0.014780882941434597],
    [0.01, 0.5, 300, 0.9858968277820737],
    [0.75, 75_000, 25_000, 0.4995144221554203],
    [0.999, 300, 2, 0.9629191418029293],
    [0.4, 3.5, 0.7, 0.023299665111668054],
  ])('is below %d with shapes %d and %d as often as scipy’s', (x, a, b, chance) => {
    expect(betaCumulative(x, a, b)).toBeCloseTo(chance, 9);
    expect(betaQuantile(chance, a, b)).toBeCloseTo(x, 8);
  });

  it.each([
    [0.025, 40, 1, 0.9119026971211976],
    [0.975, 1, 40, 0.08809730287880237],
    [0.5, 3, 3, 0.5],
    [0.025, 99_000, 1001, 0.9893638884706457],
    [0.1, 0.5, 0.5, 0.024471741852423214],
  ])('has scipy’s quantile of %d with shapes %d and %d', (chance, a, b, x) => {
    expect(betaQuantile(chance, a, b)).toBeCloseTo(x, 9);
  });

  it('lies between 0 and 1', () => {
    expect([-1, 0, 1, 2].map((x) => betaCumulative(x, 2, 3))).toEqual([0, 0, 1, 1]);
  });
});
