import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RegressionPredictions } from '../rows/predictions.ts';
import { errorBinsOf } from './uncertainty-errors.ts';

/** Predictions with their errors. */
function withErrors(rows: readonly (readonly [number, number])[]): RegressionPredictions {
  return {
    task: 'regression',
    actual: Float64Array.from(rows, ([prediction, error]) => prediction + error),
    predicted: Float64Array.from(rows, ([prediction]) => prediction),
  };
}

describe('the size of errors by prediction', () => {
  test('is in bins of equally many rows, with mean and standard deviation', () => {
    // Predictions 1 to 40, errors ±1 of the lower half and ±2, ±4 of the upper one.
    const rows = Array.from({ length: 40 }, (_, i): [number, number] => [
      ((i * 7) % 40) + 1,
      ((i * 7) % 40 < 20 ? 1 : 2 + 2 * (((i * 7) % 40) % 2)) * (i % 3 === 0 ? 1 : -1),
    ]);
    const [low, high, ...others] = errorBinsOf(withErrors(rows));
    expect(others).toEqual([]);
    expect(low).toEqual({
      from: 1,
      to: 20,
      rows: 20,
      absolute: { mean: 1, deviation: 0 },
      squared: { mean: 1, deviation: 0 },
    });
    // Half of them 2, half 4: deviation 1 · √(20/19); squares 4 and 16.
    expect(high).toMatchObject({ from: 21, to: 40, rows: 20, absolute: { mean: 3 }, squared: { mean: 10 } });
    expect(high!.absolute.deviation).toBeCloseTo(Math.sqrt(20 / 19), 12);
    expect(high!.squared.deviation).toBeCloseTo(6 * Math.sqrt(20 / 19), 12);
  });

  test('is one bin of few rows', () => {
    expect(errorBinsOf(withErrors([[3, -2]]))).toEqual([
      {
        from: 3,
        to: 3,
        rows: 1,
        absolute: { mean: 2, deviation: 0 },
        squared: { mean: 4, deviation: 0 },
      },
    ]);
    expect(errorBinsOf(withErrors(Array.from({ length: 39 }, (_, i) => [i, 1])))).toHaveLength(1);
  });

  test('holds every row once, in ascending bins of at least 20 that divide no equal predictions', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.double({ min: -9, max: 9, noNaN: true }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 300 }), (rows) => {
        const bins = errorBinsOf(withErrors(rows));
        expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(rows.length);
        for (const [i, bin] of bins.entries()) {
          expect(bin.rows).toBeGreaterThanOrEqual(Math.min(20, rows.length));
          expect(bin.from).toBeLessThanOrEqual(bin.to);
          if (i > 0) expect(bin.from).toBeGreaterThan(bins[i - 1]!.to);
        }
        const whole = rows.reduce(
          (sum, [prediction, error]) => sum + Math.abs(prediction + error - prediction),
          0,
        );
        const binned = bins.reduce((sum, bin) => sum + bin.rows * bin.absolute.mean, 0);
        expect(binned).toBeCloseTo(whole, 8);
      }),
    );
  });
});
