import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitPowerLaw, lossAfter } from './power-law.ts';

describe('a power law', () => {
  test('is found again in losses that follow one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        (floor, gain, twentieths) => {
          const losses = [0, 1, 2, 3].map((k) => floor + gain * 2 ** ((-twentieths / 20) * k));
          const law = fitPowerLaw(losses);
          expect(lossAfter(law, 4)).toBeCloseTo(floor + gain * 2 ** ((-twentieths / 20) * 4), 8);
        },
      ),
    );
  });

  test('is the nearest one by least squares, as scipy finds it with exponents up to 1', () => {
    // scipy.optimize.curve_fit of a + b 2^(-c k), c from 0.05 to 1.
    for (const [losses, next] of [
      [[0.5, 0.41, 0.37, 0.352], 0.33881739],
      [[0.5, 0.4, 0.37, 0.365], 0.3438913],
    ] as const) {
      const law = fitPowerLaw(losses);
      expect(law.ratio).toBe(0.5);
      expect(lossAfter(law, 4)).toBeCloseTo(next, 7);
    }
  });

  test('may rise where losses do', () => {
    expect(lossAfter(fitPowerLaw([1, 1.1, 1.15, 1.175]), 4)).toBeCloseTo(1.1875, 8);
  });
});
