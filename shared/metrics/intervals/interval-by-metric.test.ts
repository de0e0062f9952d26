import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createRandom, type Random } from '../../platform/random.ts';
import type { MetricName } from '../descriptors/descriptors.ts';
import type { Interval } from '../evaluation/judged-values.ts';
import { metricOf } from '../registry/registry.ts';
import { judgedRows } from '../rows/judged-rows.ts';
import type { ClassificationPredictions, Predictions } from '../rows/predictions.ts';
import { weightedSum } from '../rows/row-weights.ts';
import { sampleBinary, sampleRegression } from '../testing/sample-predictions.ts';
import { cellsDraws } from './cells-draws.ts';
import { combineEstimates } from './estimate.ts';
import { estimatesOf } from './estimates.ts';
import { createWeightSource } from './exponential-weights.ts';
import { meansDraws } from './means-draws.ts';
import { measured, measuredTogether } from './measured.ts';
import { mostResampled } from './resampled-rows.ts';
import { unseenRowInterval } from './unseen-rows.ts';

const settings = { method: 'auto', confidence: 0.95, resamples: 1000 } as const;

/** The interval of a metric of one model, or of the difference that a second makes. */
function intervalOf(name: MetricName, models: readonly Predictions[], seed: string | number = 1): Interval {
  const metrics = models.map((predictions) => ({ metric: metricOf(name), rows: judgedRows(predictions) }));
  const [own, other] = estimatesOf({ metrics, settings, random: createRandom(seed) });
  return measured(other ? combineEstimates(other, own!, (a, b) => a - b) : own!, settings);
}

function labelled(actual: readonly number[], predicted: readonly number[]): ClassificationPredictions {
  return {
    task: 'binary',
    classes: ['no', 'yes'],
    actual: Int32Array.from(actual),
    predicted: Int32Array.from(predicted),
  };
}

function scored(actual: readonly number[], positive: readonly number[]): ClassificationPredictions {
  return {
    ...labelled(
      actual,
      positive.map((p) => Number(p > 0.5)),
    ),
    probabilities: Float64Array.from(positive.flatMap((p) => [1 - p, p])),
  };
}

const ends = z.tuple([z.number(), z.number()]);
const numbers = z.array(z.number());
const fixture = z
  .object({
    actual: numbers,
    predicted: z.array(numbers),
    labels: numbers,
    scores: z.array(numbers),
    one: z.record(z.string(), ends),
    difference: z.record(z.string(), ends),
  })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/intervals-by-metric.json', import.meta.url), 'utf8')));

function modelsOf(name: MetricName): Predictions[] {
  if (!metricOf(name).tasks.includes('regression')) {
    return fixture.scores.map((scores) => scored(fixture.labels, scores));
  }
  const actual = Float64Array.from(fixture.actual);
  return fixture.predicted.map((predicted) => ({
    task: 'regression',
    actual,
    predicted: Float64Array.from(predicted),
  }));
}

describe('of 1,200 rows, where good intervals agree,', () => {
  // A row that was not seen makes them longer than scipy's, most where a tail is long; never much shorter.
  function expectNear(interval: Interval, [low, high]: readonly [number, number]) {
    const width = high - low;
    expect((interval.low! - low) / width).toBeGreaterThan(-0.2);
    expect((interval.low! - low) / width).toBeLessThan(0.06);
    expect((interval.high! - high) / width).toBeLessThan(0.2);
    expect((interval.high! - high) / width).toBeGreaterThan(-0.06);
  }

  it.each(Object.entries(fixture.one))('that of %s is near scipy’s or DeLong’s', (name, expected) => {
    const metric = name as MetricName;
    expectNear(intervalOf(metric, modelsOf(metric).slice(0, 1)), expected);
  });

  it.each(Object.entries(fixture.difference))('that of a difference of %s is, too', (name, expected) => {
    const metric = name as MetricName;
    expectNear(intervalOf(metric, modelsOf(metric)), expected);
  });
});

describe('a row that was not seen', () => {
  const drawn = { confidence: 0.95, resamples: 20_000, share: 1 };

  it.each([
    [40, 40, 0.9119026971211976, 1],
    [39, 40, 0.8684141415172343, 0.9993672550679505],
    [30, 40, 0.5880380198485702, 0.873085201067155],
  ])('makes draws of %d hits of %d the interval of Clopper and Pearson', (hits, rows, low, high) => {
    const actual = Array.from({ length: rows }, (_, row) => row % 2);
    const predicted = actual.map((code, row) => (row < hits ? code : 1 - code));
    const sampling = metricOf('accuracy').sample(judgedRows(labelled(actual, predicted)));
    if (sampling.kind !== 'share') throw new TypeError(sampling.kind);
    const draws = cellsDraws([sampling], createRandom(1));
    const of = ([accuracy]: readonly number[]) => accuracy!;
    const value = hits / rows;
    const interval = unseenRowInterval(draws, of, { ...drawn, value, random: createRandom(2) });
    if (!('low' in interval)) throw new TypeError(interval.undefined);
    // statsmodels: proportion_confint(method="beta"); 20,000 draws know an end to about 1% of the width.
    expect(Math.abs(interval.low - low)).toBeLessThan(0.05 * (high - low));
    expect(Math.abs(interval.high - high)).toBeLessThan(0.05 * (high - low));
  });

  it('makes draws of a mean that has a bound the interval of Gaffke', () => {
    // numpy: the 97.5% quantile of w · (x, 1), w uniform over the weights of 31 rows, of 200,000 draws.
    const values = [
      0.167, 0.502, 0.414, 0.302, 0.229, 0.22, 0.1, 0.097, 0.194, 0.205, 0.066, 0.292, 0.335, 0.13, 0.516,
      0.108, 0.239, 0.232, 0.552, 0.531, 0.484, 0.106, 0.305, 0.058, 0.258, 0.278, 0.199, 0.133, 0.17, 0.114,
    ];
    const draws = meansDraws(
      [
        {
          kind: 'means',
          columns: [Float64Array.from(values)],
          of: ([mean]) => mean!,
          otherwise: new Float64Array(30).fill(1),
        },
      ],
      createWeightSource(createRandom(1)),
    );
    const value = values.reduce((sum, x) => sum + x, 0) / values.length;
    const interval = unseenRowInterval(draws, ([mean]) => mean!, {
      ...drawn,
      value,
      random: createRandom(2),
    });
    if (!('low' in interval)) throw new TypeError(interval.undefined);
    expect(interval.high).toBeCloseTo(0.3517, 2);
  });
});

describe('an interval without errors has a width', () => {
  const actual = Array.from({ length: 40 }, (_, row) => Number(row % 8 === 0));

  it.each(['accuracy', 'recall', 'f1', 'balanced-accuracy', 'f1-macro', 'mcc', 'cohen-kappa'] as const)(
    '%s',
    (name) => {
      const { value, low, high } = intervalOf(name, [labelled(actual, actual)]);
      expect([value, high]).toEqual([1, 1]);
      expect(low!).toBeLessThan(0.95);
    },
  );

  it.each(['roc-auc', 'average-precision'] as const)('%s of classes that are apart', (name) => {
    const { value, low, high } = intervalOf(name, [
      scored(
        actual,
        actual.map((code) => 0.2 + 0.6 * code),
      ),
    ]);
    expect([value, high]).toEqual([1, 1]);
    expect(low!).toBeLessThan(0.95);
  });

  it('log-loss: the next row may be an error', () => {
    const { value, high } = intervalOf('log-loss', [
      scored(
        actual,
        actual.map((code) => 0.01 + 0.98 * code),
      ),
    ]);
    // One error in 11 rows is not excluded by 40 without one (Clopper and Pearson): it costs −ln 0.01.
    expect(high!).toBeGreaterThan(value! + 0.08 * -Math.log(0.01));
  });

  it('a difference between models that are never apart', () => {
    const { value, low, high } = intervalOf('accuracy', [labelled(actual, actual), labelled(actual, actual)]);
    // Tango 1998, without a discordant pair: ± z² / (n + z²); Clopper and Pearson: 0.088.
    expect(value).toBe(0);
    for (const end of [-low!, high!]) {
      expect(end).toBeGreaterThan(0.07);
      expect(end).toBeLessThan(0.1);
    }
  });
});

describe('a largest error', () => {
  it.each(['auto', 'percentile', 'bca'] as const)('has no interval by %s', (method) => {
    const rows = judgedRows(sampleRegression(100));
    const metrics = [{ metric: metricOf('max-error'), rows }];
    const [estimate] = estimatesOf({ metrics, settings: { ...settings, method }, random: createRandom(1) });
    const { value, low, high, reason } = measured(estimate!, { ...settings, method });
    expect(value).toBeTypeOf('number');
    expect([low, high]).toEqual([null, null]);
    expect(reason).toBe('the largest error of these rows says little about the largest of others');
  });
});

describe('an expected calibration error', () => {
  /** Probabilities that are right, or whose odds are squared. */
  function model(rows: number, seed: number, sureness: number): Predictions {
    const random = createRandom(seed);
    const logits = Array.from({ length: rows }, () => 1.5 * random.normal());
    const chance = (logit: number) => 1 / (1 + Math.exp(-logit));
    const actual = logits.map((logit) => Number(random.next() < chance(logit)));
    return scored(
      actual,
      logits.map((logit) => chance(sureness * logit)),
    );
  }

  it('of a calibrated model is mostly small on 100 rows, and a bound of 0.1 is not failed', () => {
    const intervals = Array.from({ length: 60 }, (_, seed) => intervalOf('ece', [model(100, seed, 1)]));
    const mean = intervals.reduce((sum, { value }) => sum + value!, 0) / 60;
    // The plain error is 0.1 here.
    expect(mean).toBeLessThan(0.05);
    expect(intervals.filter(({ low }) => low! > 0).length).toBeLessThanOrEqual(4);
    expect(intervals.every(({ low }) => low! <= 0.1)).toBe(true);
  });

  it('of one that is too sure is told from 0 on 1,000 rows', () => {
    for (const seed of [1, 2, 3])
      expect(intervalOf('ece', [model(1000, seed, 3)]).low!).toBeGreaterThan(0.05);
  });
});

/** The mean in four running sums, as the metric's own. */
function judgedMean(values: Float64Array): number {
  return weightedSum(values, new Uint8Array(values.length).fill(1)) / values.length;
}

describe('intervals that are drawn side by side', () => {
  it.each([
    [sampleRegression(60), ['rmse', 'mae', 'r2', 'median-absolute-error', 'max-error']],
    [sampleBinary(60), ['log-loss', 'brier', 'roc-auc', 'average-precision', 'f1', 'accuracy', 'ece']],
  ] as const)('are what each is alone, %#', (predictions, names) => {
    const rows = judgedRows(predictions);
    const metrics = names.map((name) => ({ metric: metricOf(name), rows }));
    const estimates = estimatesOf({ metrics, settings, random: createRandom(3) });
    const differences = estimates.map((own) => combineEstimates(own, own, (a, b) => a - b / 2));
    const all = [...estimates, ...differences];
    expect(measuredTogether(all, settings)).toEqual(all.map((one) => measured(one, settings)));
  });
});

describe('of very many rows', () => {
  const rows = 10 * mostResampled;

  it('fewer are resampled, and the interval of a mean is the one by formula', () => {
    const random = createRandom(1);
    const actual = new Float64Array(rows);
    const predicted = actual.map(() => -Math.log(1 - random.next()));
    const { value, low, high } = intervalOf('mae', [{ task: 'regression', actual, predicted }]);
    const variance = predicted.reduce((sum, x) => sum + (x - value!) ** 2, 0) / rows;
    const reach = 1.959964 * Math.sqrt(variance / rows);
    // 1,000 draws know an end to 0.04 of the reach, a tenth of the rows their spread to 0.005, and a row was added.
    for (const end of [value! - low!, high! - value!]) {
      expect(end / reach).toBeGreaterThan(0.88);
      expect(end / reach).toBeLessThan(1.15);
    }
  }, 60_000);

  it.each(['percentile', 'bca'] as const)(
    'of a bootstrap by %s too',
    (method) => {
      const random = createRandom(2);
      const actual = new Float64Array(4 * mostResampled);
      const predicted = actual.map(() => -Math.log(1 - random.next()));
      const judged = judgedRows({ task: 'regression', actual, predicted });
      const [estimate] = estimatesOf({
        metrics: [{ metric: metricOf('mae'), rows: judged }],
        settings: { method, resamples: 400 },
        random,
      });
      const { value, low, high } = measured(estimate!, { method, confidence: 0.95 });
      expect(value).toBe(judgedMean(predicted));
      const variance = predicted.reduce((sum, x) => sum + (x - value!) ** 2, 0) / judged.count;
      const reach = 1.959964 * Math.sqrt(variance / judged.count);
      for (const end of [value! - low!, high! - value!]) {
        expect(end / reach).toBeGreaterThan(0.8);
        expect(end / reach).toBeLessThan(1.2);
      }
    },
    60_000,
  );

  it('are the same rows for the same seed', () => {
    const predictions = sampleBinary(mostResampled + 1);
    expect(intervalOf('brier', [predictions])).toEqual(intervalOf('brier', [predictions]));
  }, 60_000);
});

describe('an interval at 95% holds the truth in at least 92 of 100 samples of 40 rows', () => {
  const binary = (share: number, apart: number) => (random: Random) => {
    const actual = Array.from({ length: 40 }, () => Number(random.next() < share));
    const odds = Math.log(share / (1 - share));
    const logits = actual.map((code) => odds + apart * (random.normal() + apart * code) - apart ** 2 / 2);
    return scored(
      actual,
      logits.map((logit) => 1 / (1 + Math.exp(-logit))),
    );
  };
  const laplace = (random: Random): Predictions => {
    const actual = Float64Array.from({ length: 40 }, () => random.normal());
    const error = () => -Math.log(1 - random.next()) * (random.next() < 0.5 ? -1 : 1);
    return { task: 'regression', actual, predicted: actual.map((value) => value + error()) };
  };
  // Truths: √2 and 1 of Laplace errors; of two normal classes d apart Φ(d / 2) at equal shares, Φ(d / √2) of the area.
  const cases = [
    ['rmse', Math.SQRT2, laplace],
    ['mae', 1, laplace],
    ['accuracy', 0.99, binary(0.5, 4.6527)],
    ['balanced-accuracy', 0.99, binary(0.5, 4.6527)],
    ['roc-auc', 0.940_102_5, binary(0.12, 2.2)],
  ] as const;
  it.each(cases)(
    '%s of %d',
    (name, truth, sample) => {
      const samples = 300;
      let covered = 0;
      for (let s = 0; s < samples; s++) {
        const { low, high, value } = intervalOf(name, [sample(createRandom(`${name} ${s}`))], s);
        if (value === null || (low! <= truth && truth <= high!)) covered++;
      }
      expect(covered / samples).toBeGreaterThanOrEqual(0.92);
    },
    60_000,
  );
});
