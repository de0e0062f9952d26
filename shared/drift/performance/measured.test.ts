import { describe, expect, test } from 'vitest';
import { validateSchema } from '../../config/sections/validate-section.ts';
import { evaluate } from '../../metrics/evaluate.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { RegressionPredictions } from '../../metrics/rows/predictions.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { measurePerformance, type PerformanceInput } from './measured.ts';
import { performanceSchema } from './performance-report.ts';
import { atConfidence, worseBy, worseShare } from './worse.ts';

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

  // Ends of the share: roots of the ends of now − (1 + share) · then, by scipy.optimize.brentq.
  const share = {
    lower: [0.355510455123, 1.824016201443],
    higher: [0.041091639479, 0.183124120754],
  } as const;
  test.each([
    ['an error that doubled', 'lower', now, then, 1, share.lower],
    [
      'an accuracy that fell',
      'higher',
      { value: 0.8, low: 0.74, high: 0.85 },
      { value: 0.9, low: 0.86, high: 0.93 },
      1 / 9,
      share.higher,
    ],
    [
      'an r2 that fell below zero, perhaps',
      'higher',
      { value: -0.2, low: -0.5, high: 0.1 },
      { value: 0.6, low: 0.5, high: 0.7 },
      4 / 3,
      [0.832555111443, 1.853159174271],
    ],
    [
      'an r2 that is below zero',
      'higher',
      { value: -0.2, low: -0.4, high: -0.1 },
      { value: 0.6, low: 0.5, high: 0.7 },
      4 / 3,
      [1.164428628617, 1.685714285714],
    ],
  ] as const)(
    'is a share of %s, the reference being uncertain too',
    (_, better, own, reference, value, ends) => {
      const found = worseShare(own, reference, better);
      expect(found.value).toBeCloseTo(value, 12);
      expect(found.low).toBeCloseTo(ends[0], 10);
      expect(found.high).toBeCloseTo(ends[1], 10);
    },
  );

  test('is a share with an open end where the reference may be zero, and none of zero', () => {
    const open = worseShare(now, { value: 1, low: -0.1, high: 2.2 }, 'lower');
    // scipy.optimize.brentq
    expect(open.low).toBeCloseTo(-0.143243489089, 10);
    expect(open.high).toBeNull();
    expect(worseShare(now, { value: 0, low: -1, high: 1 }, 'lower')).toEqual({
      value: null,
      low: null,
      high: null,
    });
  });

  test('is above a share exactly when the interval of the difference from that much more is above zero', () => {
    const random = createRandom('shares');
    const drawn = (centre: number) => {
      const value = centre * (0.5 + random.next());
      return { value, low: value * random.next(), high: value * (1 + 2 * random.next()) };
    };
    for (let run = 0; run < 500; run++) {
      const [current, reference] = [drawn(2), drawn(1)];
      const amount = 2 * random.next();
      const { low } = worseShare(current, reference, 'lower');
      const more = 1 + amount;
      const times = { value: more * reference.value, low: more * reference.low, high: more * reference.high };
      expect(low! > amount).toBe(worseBy(current, times, 'lower').low! > 0);
    }
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
      'limit-relative': 0.1,
      rows: { reference: 400, current: 300, unlabelled: 3 },
    });
    expect(performance.limit).toBeCloseTo(0.1 * performance.reference.value!, 12);
    expect(performance.confidence).toBe(0.95);
    expect(performance).not.toHaveProperty('since');
    expect(performance.detectable!.worse! / performance.reference.value!).toBeCloseTo(
      performance.detectable!.relative!,
      12,
    );
    expect(performance.headline).toMatch(
      /^rmse (is|shows) .*, on 300 rows.* \(smallest detectable worsening [\d.]+%\)$/,
    );
  });

  test('of a model whose errors are twice as large is degraded, and says by how much', () => {
    const performance = measurePerformance(input(predictions(300, 4, 'twice')));
    expect(performance.degraded).toBe(true);
    expect(performance['worse-relative'].value).toBeGreaterThan(0.8);
    expect(performance.reasons[0]).toMatch(
      /^rmse is [\d.]+ on all 300 labelled rows, worse by [\d.]+ \([\d.]+%\) than the evaluation’s [\d.]+ \(95% interval of the change [\d.]+% to [\d.]+%; at least [\d.]+% after correcting for repeated checks; alarm threshold 10%\)$/,
    );
    expect(performance['worse-relative'].low).toBeGreaterThan(0.1);
  });

  test('is judged in its own unit by a limit that is not a share', () => {
    const current = predictions(300, 4, 'twice');
    const { since, reference } = measurePerformance(input(current));
    expect(since!.worse.value).toBeGreaterThan(1.5);
    const judged = (amount: number) =>
      measurePerformance(input(current, { limit: { amount, relative: false } }));
    const under = judged(1);
    expect(under).toMatchObject({ degraded: true, limit: 1 });
    expect(under).not.toHaveProperty('limit-relative');
    const over = judged(since!.worse.value!);
    expect(over).toMatchObject({ degraded: false });
    expect(over.detectable!.worse).toBeGreaterThan(since!.worse.value!);
    expect(reference.value).toBeGreaterThan(1.5);
    expect(under.reasons[0]).toMatch(
      /worse by [\d.]+ than .* interval of the change [\d.]+ to [\d.]+; at least [\d.]+ after correcting for repeated checks; alarm threshold 1\)$/,
    );
  });

  test('is judged in its own unit where the reference is zero, which has no share', () => {
    const perfect = evaluationOf(predictions(100, 0, 'perfect'));
    const performance = measurePerformance(input(predictions(300, 1, 'worse'), { evaluation: perfect }));
    expect(performance).toMatchObject({ degraded: true, limit: 0, 'worse-relative': { value: null } });
  });

  test('of too few labelled rows decides nothing', () => {
    const performance = measurePerformance(input(predictions(29, 8, 'few')));
    expect(performance).toMatchObject({
      outcome: 'not-enough-data',
      degraded: false,
      current: { value: null },
    });
  });

  test('is reported by period of the event time', () => {
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

  test('calls a model at its limit degraded in any of five looks at growing rows at most as often as alpha', () => {
    const runs = 150;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      const evaluation = evaluationOf(predictions(100, 2, `reference ${run}`));
      const all = predictions(300, 2.2, `current ${run}`);
      const degraded = [30, 50, 90, 160, 300].some((rows) => {
        const current = {
          ...all,
          actual: all.actual.slice(0, rows),
          predicted: all.predicted.slice(0, rows),
        };
        return measurePerformance(input(current, { evaluation, alpha: 0.1, seed: run })).degraded;
      });
      if (degraded) alarms++;
    }
    // Of at most 15 in the mean 27 come once in 500 times; intervals that take each look for the only one alarm 28 times.
    expect(alarms).toBeLessThan(27);
  }, 60_000);
});

describe('all labelled rows, when it is worse since the first of them', () => {
  const current = predictions(300, 4, 'worse from the start');
  const years = { type: 'number' as const, values: new Float64Array(300).fill(2006) };

  test('have one figure and one interval, in the period of all of them too', () => {
    for (const times of [{}, { times: years }]) {
      const { since, current: all, worse, periods, ...rest } = measurePerformance(input(current, times));
      expect(since!.rows).toBe(300);
      expect(all).toEqual(since!.current);
      expect(worse).toEqual(since!.worse);
      expect(rest['worse-relative']).toEqual(since!['worse-relative']);
      expect(periods).toEqual('times' in times ? [{ period: '2006', rows: 300, ...all }] : []);
    }
  });

  test('have no other figure than the last period where it is worse since its first row', () => {
    const [before, after] = [predictions(150, 2, 'before'), predictions(150, 5, 'after')];
    const both = {
      task: 'regression' as const,
      actual: Float64Array.of(...before.actual, ...after.actual),
      predicted: Float64Array.of(...before.predicted, ...after.predicted),
    };
    const values = Float64Array.from({ length: 300 }, (_, row) => (row < 150 ? 2005 : 2006));
    const performance = measurePerformance(input(both, { times: { type: 'number', values } }));
    expect(performance.since).toMatchObject({ from: '2006', rows: 150 });
    expect(performance.periods.at(-1)).toEqual({
      period: '2006',
      rows: 150,
      ...performance.since!.current,
    });
  });

  test('have one interval beside a period of all of them where nothing is worse', () => {
    const {
      since,
      current: all,
      periods,
    } = measurePerformance(input(predictions(300, 2, 'as ever'), { times: years }));
    expect(since).toBeUndefined();
    expect(periods).toEqual([{ period: '2006', rows: 300, ...all }]);
  });
});
