import { describe, expect, it } from 'vitest';
import { normalCumulative } from '../../algebra/normal-distribution.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import type { WeightedMetric } from '../metric/metric.ts';
import { metricOf } from '../registry/registry.ts';
import { judgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { bootstrap } from './bootstrap.ts';
import { combineEstimates } from './estimate.ts';
import { intervalOf } from './interval.ts';

function withErrors(random: Random, rows: number): Predictions {
  const actual = Float64Array.from({ length: rows }, () => 10 * random.normal());
  return { task: 'regression', actual, predicted: actual.map((value) => value + random.normal()) };
}

/** Scores of two normal distributions `apart`: the area is Φ(apart / √2). */
function ranked(random: Random, rows: number, apart: number): Predictions {
  const actual = Int32Array.from({ length: rows }, () => Number(random.next() < 0.4));
  const probabilities = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    const positive = normalCumulative(random.normal() + apart * actual[i]!);
    probabilities.set([1 - positive, positive], 2 * i);
  }
  return { task: 'binary', classes: ['no', 'yes'], actual, predicted: actual, probabilities };
}

describe('a 95 % interval covers the truth in 92 to 98 of 100 samples', () => {
  const cases = [
    ['rmse', 1, (random: Random) => withErrors(random, 120)],
    ['mean-bias', 0, (random: Random) => withErrors(random, 60)],
    ['roc-auc', normalCumulative(1 / Math.SQRT2), (random: Random) => ranked(random, 150, 1)],
  ] as const;
  it.each(cases.flatMap((entry) => [['percentile', ...entry] as const, ['bca', ...entry] as const]))(
    '%s of %s',
    (method, name, truth, sample) => {
      const samples = 500;
      let covered = 0;
      for (let s = 0; s < samples; s++) {
        const random = createRandom(`${name} ${s}`);
        const rows = judgedRows(sample(random));
        const settings = { resamples: 400, method, confidence: 0.95 };
        const metrics = [metricOf(name).weigh(rows)];
        const [estimate] = bootstrap({ rows: rows.count, metrics, settings, random });
        const interval = intervalOf(estimate!, settings);
        if ('low' in interval && interval.low <= truth && truth <= interval.high) covered++;
      }
      expect(covered / samples).toBeGreaterThanOrEqual(0.92);
      expect(covered / samples).toBeLessThanOrEqual(0.98);
    },
    30_000,
  );
});

describe('estimates of one bootstrap', () => {
  const settings = { resamples: 200, method: 'bca' } as const;

  it('see the same rows: what two models share cancels from their difference', () => {
    const random = createRandom(1);
    const one = withErrors(random, 300);
    if (one.task !== 'regression') throw new TypeError('a regression');
    const shifted = { ...one, predicted: one.predicted.map((value) => value + 0.25) };
    const metrics = [one, shifted].map((p) => metricOf('mean-bias').weigh(judgedRows(p)));
    const [a, b] = bootstrap({ rows: 300, metrics, settings, random });
    const difference = combineEstimates(b!, a!, (x, y) => x - y);
    for (const value of [...difference.replicates, ...difference.jackknife])
      expect(value).toBeCloseTo(0.25, 12);
  });

  it('are the same for the same seed', () => {
    const run = () => {
      const rows = judgedRows(ranked(createRandom(2), 80, 1));
      const metrics = [metricOf('roc-auc').weigh(rows), metricOf('accuracy').weigh(rows)];
      return bootstrap({ rows: 80, metrics, settings, random: createRandom('seed') });
    };
    expect(run()).toEqual(run());
  });

  it('leave out 200 groups of many rows, whose skewness is that of single rows', () => {
    const random = createRandom(3);
    const values = Float64Array.from({ length: 40_000 }, () => -Math.log(1 - random.next()));
    const mean: WeightedMetric = ({ counts, total }) => ({
      value: values.reduce((sum, value, i) => sum + value * counts[i]!, 0) / total,
    });
    const input = { metrics: [mean], settings: { resamples: 1, method: 'bca' }, random } as const;
    const [estimate] = bootstrap({ rows: values.length, ...input });
    expect(estimate!.jackknife.length).toBe(200);
    const centre = estimate!.jackknife.reduce((sum, value) => sum + value, 0) / 200;
    const squares = estimate!.jackknife.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    // The jackknife's standard error of a mean of exponentials is 1/√n.
    expect(Math.sqrt((squares * 199) / 200) * Math.sqrt(values.length)).toBeGreaterThan(0.8);
    expect(Math.sqrt((squares * 199) / 200) * Math.sqrt(values.length)).toBeLessThan(1.2);
  });

  it('report how far they are', () => {
    const done: number[] = [];
    const metrics: WeightedMetric[] = [];
    const progress = (count: number) => void done.push(count);
    bootstrap({
      rows: 5,
      metrics,
      settings: { resamples: 250, method: 'bca' },
      random: createRandom(1),
      progress,
    });
    expect(done).toEqual([100, 200]);
  });
});
