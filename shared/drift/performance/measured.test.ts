import { describe, expect, test } from 'vitest';
import { validateSchema } from '../../config/validate-section.ts';
import { evaluate } from '../../metrics/evaluate.ts';
import type { Evaluation } from '../../metrics/evaluation.ts';
import type { RegressionPredictions } from '../../metrics/predictions.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { measurePerformance, type PerformanceInput } from './measured.ts';
import { performanceSchema } from './performance-report.ts';
import { atConfidence, relativeTo, worseBy } from './worse.ts';

/** Predictions whose errors are normal with this deviation. */
function predictions(rows: number, deviation: number, seed: string): RegressionPredictions {
  const random = createRandom(seed);
  const actual = Float64Array.from({ length: rows }, () => 20 + 5 * random.normal());
  return {
    task: 'regression',
    actual,
    predicted: actual.map((value) => value + deviation * random.normal()),
  };
}

function evaluationOf(of: RegressionPredictions): Evaluation {
  return evaluate(
    {
      pipeline: 'p',
      task: 'regression',
      target: 'y',
      predictions: of,
      slices: [],
      validate: validateSchema.parse({ metrics: ['rmse'], bootstrap: { resamples: 400 } }),
    },
    { logger: silentLogger },
  );
}

function input(current: RegressionPredictions, change: Partial<PerformanceInput> = {}): PerformanceInput {
  return {
    evaluation: evaluationOf(predictions(400, 2, 'evaluation')),
    predictions: current,
    unlabelled: 3,
    limit: { amount: 0.1, relative: true },
    alpha: 0.01,
    minRows: 30,
    ...change,
  };
}

describe('how much worse a figure is', () => {
  const now = { value: 2, low: 1.5, high: 2.6 };
  const then = { value: 1, low: 0.8, high: 1.3 };

  test('has the interval of Zou and Donner, from the two intervals', () => {
    const { value, low, high } = worseBy(now, then, 'lower');
    expect(value).toBe(1);
    // 1 - sqrt(0.5^2 + 0.3^2) and 1 + sqrt(0.6^2 + 0.2^2)
    expect(low).toBeCloseTo(0.416904810515, 10);
    expect(high).toBeCloseTo(1.632455532034, 10);
  });

  test('is the same backwards where more is better', () => {
    const lower = worseBy(now, then, 'lower');
    const higher = worseBy(then, now, 'higher');
    expect(higher).toEqual(lower);
  });

  test('goes by the distance from zero where that is best', () => {
    const { value, low } = worseBy(
      { value: -2, low: -3, high: -1 },
      { value: 0.5, low: -0.5, high: 1 },
      'zero',
    );
    expect(value).toBe(1.5);
    expect(low).toBeLessThan(1.5);
  });

  test('is a share of the size of the reference, and nothing of zero', () => {
    expect(relativeTo({ value: 1, low: 0.5, high: 2 }, -4)).toEqual({ value: 0.25, low: 0.125, high: 0.5 });
    expect(relativeTo({ value: 1, low: 0.5, high: 2 }, 0).value).toBeNull();
  });

  test('of another confidence is stretched by the quantiles of the normal distribution', () => {
    // scipy.stats.norm.ppf(0.995) / scipy.stats.norm.ppf(0.975)
    const { low, high } = atConfidence({ value: 0, low: -1, high: 2 }, 0.95, 0.99);
    expect(low).toBeCloseTo(-1.314225, 5);
    expect(high).toBeCloseTo(2.628449, 5);
  });
});

describe('a measured performance', () => {
  test('of a model that does as in its evaluation is not degraded', () => {
    const performance = measurePerformance(input(predictions(300, 2, 'same')));
    expect(performanceSchema.parse(performance)).toEqual(performance);
    expect(performance).toMatchObject({
      outcome: 'measured',
      metric: 'rmse',
      degraded: false,
      confidence: 0.98,
      rows: { reference: 400, current: 300, unlabelled: 3 },
    });
    expect(performance.limit).toBeCloseTo(0.1 * performance.reference.value!, 12);
  });

  test('of a model whose errors are twice as large is degraded, and says by how much', () => {
    const performance = measurePerformance(input(predictions(300, 4, 'twice')));
    expect(performance.degraded).toBe(true);
    expect(performance['worse-relative'].value).toBeGreaterThan(0.8);
    expect(performance.reasons[0]).toMatch(/^rmse is .* worse by .* all of it above the limit of/);
  });

  test('of too few labelled rows decides nothing', () => {
    const performance = measurePerformance(input(predictions(29, 8, 'few')));
    expect(performance).toMatchObject({
      outcome: 'not-enough-data',
      degraded: false,
      current: { value: null },
    });
  });

  test('is told by period of the event time', () => {
    const values = Float64Array.from({ length: 300 }, (_, i) => 2010 + (i % 3));
    const performance = measurePerformance(
      input(predictions(300, 2, 'periods'), { times: { type: 'number', values } }),
    );
    expect(performance.periods.map(({ period, rows }) => [period, rows])).toEqual([
      ['2010', 100],
      ['2011', 100],
      ['2012', 100],
    ]);
  });

  test('calls a model that has not changed degraded less often than alpha', () => {
    let alarms = 0;
    const runs = 150;
    for (let i = 0; i < runs; i++) {
      const evaluation = evaluationOf(predictions(100, 2, `reference ${i}`));
      const current = predictions(100, 2, `current ${i}`);
      const limit = { amount: 0, relative: false };
      if (measurePerformance(input(current, { evaluation, limit, alpha: 0.05, seed: i })).degraded) alarms++;
    }
    // With a limit of nothing at all the rate is alpha itself: 7.5 of 150 are expected, 15 come once in 130 times.
    expect(alarms).toBeLessThan(15);
  });
});
