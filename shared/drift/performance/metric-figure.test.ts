import { describe, expect, test } from 'vitest';
import type { RegressionPredictions } from '../../metrics/rows/predictions.ts';
import { createRandom } from '../../platform/random.ts';
import { metricFigure } from './metric-figure.ts';
import { tailResamples } from './tail-resamples.ts';

describe('the interval of a figure', () => {
  /** Errors of 0 and 1, half each: the mean of a resample is binomial. */
  const halves: RegressionPredictions = {
    task: 'regression',
    actual: Float64Array.from({ length: 100 }, (_, row) => row % 2),
    predicted: new Float64Array(100),
  };

  test('far out is that of so many resamples that it is not noise', () => {
    const random = createRandom('far');
    const { low, high } = metricFigure(halves, 'mae', { confidence: 0.999, random, draws: 1e8 });
    // scipy.stats.binom.ppf([0.0005, 0.9995], 100, 0.5)
    expect(Math.abs(low! - 0.34)).toBeLessThanOrEqual(0.01);
    expect(Math.abs(high! - 0.66)).toBeLessThanOrEqual(0.01);
  });

  test('that decides nothing is stretched from nearer in, as a normal distribution is', () => {
    const random = createRandom('stretched');
    const { low, high } = metricFigure(halves, 'mae', { confidence: 0.999, random });
    // 0.5 - 0.05 * scipy.stats.norm.ppf(0.9995)
    expect(Math.abs(low! - 0.3355)).toBeLessThan(0.02);
    expect(Math.abs(high! - 0.6645)).toBeLessThan(0.02);
  });
});

describe('the number of resamples', () => {
  const of = (rows: number, confidence: number, draws: number) =>
    tailResamples({ rows, confidence }, { least: 1000, draws });

  test('is twenty beyond either end', () => {
    expect(of(100, 0.98, 1e9)).toEqual({ resamples: 2000, confidence: 0.98 });
    expect(of(100, 0.999, 1e9)).toEqual({ resamples: 40_000, confidence: 0.999 });
    expect(of(100, 0.5, 1e9)).toEqual({ resamples: 1000, confidence: 0.5 });
  });

  test('is bounded by the rows that may be drawn, and then reaches less far', () => {
    expect(of(50_000, 0.999, 2e8)).toEqual({ resamples: 4000, confidence: 0.99 });
    expect(of(10_000_000, 0.999, 2e8)).toEqual({ resamples: 1000, confidence: 0.96 });
  });
});
