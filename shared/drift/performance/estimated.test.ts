import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { validateSchema } from '../../config/sections/validate-section.ts';
import type { MetricName } from '../../metrics/descriptors/descriptors.ts';
import { evaluate } from '../../metrics/evaluate.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import type {
  ClassificationPredictions,
  Predictions,
  RegressionPredictions,
} from '../../metrics/rows/predictions.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { type EstimateInput, estimatePerformance } from './estimated.ts';
import { performanceSchema } from './performance-report.ts';

const fixture = z.object({
  samples: z.array(
    z.object({
      task: z.enum(['binary', 'multiclass']),
      reference: z.object({ probabilities: z.array(z.number()), actual: z.array(z.int()) }),
      current: z.array(z.number()),
      estimates: z.record(z.string(), z.number()),
    }),
  ),
});
const { samples } = fixture.parse(
  JSON.parse(readFileSync(new URL('./fixtures/estimates.json', import.meta.url), 'utf8')),
);

function evaluationOf(predictions: Predictions, primary: MetricName) {
  return evaluate(
    {
      pipeline: 'p',
      task: predictions.task,
      target: 'y',
      predictions,
      slices: [],
      validate: validateSchema.parse({ primary, metrics: [primary], bootstrap: { resamples: 200 } }),
    },
    { logger: silentLogger },
  );
}

function estimate(
  evaluated: Predictions,
  current: Predictions,
  primary: MetricName,
  change: Partial<EstimateInput> = {},
) {
  const { actual: _actual, ...predictions } = current;
  const performance = estimatePerformance({
    evaluation: evaluationOf(evaluated, primary),
    predictions: predictions as EstimateInput['predictions'],
    labelled: 0,
    limit: { amount: 0.1, relative: true },
    alpha: 0.025,
    minRows: 30,
    ...change,
  });
  expect(performanceSchema.parse(performance)).toEqual(performance);
  return performance;
}

/** Of the probabilities of the positive class or, row-major, of all three. */
function classified(task: 'binary' | 'multiclass', given: readonly number[], actual?: readonly number[]) {
  const width = task === 'binary' ? 2 : 3;
  const probabilities = Float64Array.from(task === 'binary' ? given.flatMap((p) => [1 - p, p]) : given);
  const rows = probabilities.length / width;
  const predicted = Int32Array.from({ length: rows }, (_, row) => {
    const own = probabilities.subarray(row * width, (row + 1) * width);
    return own.indexOf(Math.max(...own));
  });
  const classes = ['a', 'b', 'c'].slice(0, width);
  return { task, classes, predicted, probabilities, actual: Int32Array.from(actual ?? predicted) };
}

describe('confidence-based performance estimation', () => {
  for (const { task, reference, current, estimates } of samples) {
    const evaluated = classified(task, reference.probabilities, reference.actual);
    for (const [metric, value] of Object.entries(estimates)) {
      test(`of ${metric}, ${task}, is NannyML's`, () => {
        const evaluation = evaluationOf(evaluated, metric as MetricName);
        // NannyML does not draw small blocks towards the middle, as is done here: of very many rows nothing is.
        const calibrationMaps = evaluation.calibrationMaps!.map((map) => ({
          ...map,
          blocks: map.blocks.map((block) => ({ ...block, rows: block.rows * 1e9 })),
        }));
        const change = { evaluation: { ...evaluation, calibrationMaps } };
        const performance = estimate(evaluated, classified(task, current), metric as MetricName, change);
        expect(performance).toMatchObject({ outcome: 'estimated', method: 'cbpe', degraded: false });
        // NannyML rounds the counts of ROC AUC and average precision to five digits.
        expect(performance.current.value).toBeCloseTo(value, 5);
      });
    }
  }

  /** The model's probabilities are too sure; the truth has a known chance, whose centre may move. */
  function drawn(random: Random, rows: number, centre: number, flipped = false): ClassificationPredictions {
    const x = Array.from({ length: rows }, () => centre + 1.2 * random.normal());
    const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
    const actual = x.map((value) => Number(random.next() < sigmoid(flipped ? -value : value)));
    return classified(
      'binary',
      x.map((value) => sigmoid(2 * value)),
      actual,
    );
  }

  test.each<MetricName>(['accuracy', 'log-loss', 'brier', 'roc-auc', 'f1-macro'])(
    'of %s comes near the truth when only the features move, and its interval mostly holds it',
    (metric) => {
      const random = createRandom(`truth of ${metric}`);
      const truth = metricOf(metric).compute(drawn(random, 100_000, 0.8)) as { value: number };
      const runs = 40;
      let [sum, held] = [0, 0];
      for (let run = 0; run < runs; run++) {
        const evaluated = drawn(random, 500, 0);
        const { current } = estimate(evaluated, drawn(random, 400, 0.8), metric);
        sum += current.value!;
        if (current.low! <= truth.value && truth.value <= current.high!) held++;
      }
      expect(Math.abs(sum / runs / truth.value - 1)).toBeLessThan(0.03);
      // Of 40 intervals at 95 % fewer than 33 hold the truth once in 500 times.
      expect(held).toBeGreaterThanOrEqual(33);
    },
  );

  test('sees nothing of a changed relation, and says so', () => {
    const random = createRandom('concept');
    const [evaluated, flipped] = [drawn(random, 500, 0), drawn(random, 400, 0, true)];
    const performance = estimate(evaluated, flipped, 'accuracy');
    const real = metricOf('accuracy').compute(flipped) as { value: number };
    expect(performance.current.value! - real.value).toBeGreaterThan(0.3);
    expect(performance.suspected).toBe(false);
    expect(performance.reasons.join()).toContain(
      'it assumes that features and target go together as they did',
    );
  });

  test('suspects a model whose rows became hard, and never calls it degraded', () => {
    const random = createRandom('hard');
    const evaluated = drawn(random, 2000, 2.5);
    const performance = estimate(evaluated, drawn(random, 600, 0), 'accuracy');
    expect(performance).toMatchObject({ outcome: 'estimated', degraded: false, suspected: true });
    expect(performance.reasons[0]).toMatch(
      /^accuracy is estimated at 0\.[67]\d*, worse by 0\.\d+ \([\d.]+%\) than .* above the alarm threshold of 10%/,
    );
  });

  test('is not available for ece, and without probabilities', () => {
    const random = createRandom('none');
    const evaluated = drawn(random, 100, 0);
    expect(estimate(evaluated, drawn(random, 100, 0), 'ece')).toMatchObject({
      outcome: 'not-available',
      current: { value: null },
      reasons: ['ece cannot be estimated without labels: the estimate takes the calibration for granted'],
    });
    const { probabilities: _, ...labels } = drawn(random, 100, 0);
    expect(estimate(evaluated, labels, 'accuracy').reasons).toEqual([
      'without labels an estimate needs probabilities, which the model does not give',
    ]);
  });
});

describe('the expected error of a regression', () => {
  /** Errors whose deviation grows with the prediction: 1 + x / 10, of predictions about a centre. */
  function drawn(random: Random, rows: number, centre: number): RegressionPredictions {
    const predicted = Float64Array.from({ length: rows }, () => centre + 10 * random.next());
    const actual = predicted.map((value) => value + (1 + value / 10) * random.normal());
    return { task: 'regression', actual, predicted };
  }

  test('of one bin is that of the test rows', () => {
    const evaluated: RegressionPredictions = {
      task: 'regression',
      actual: Float64Array.of(1, 2, 3, 4),
      predicted: Float64Array.of(1, 3, 5, 7),
    };
    const current = { ...evaluated, predicted: Float64Array.from({ length: 30 }, (_, i) => i) };
    // Errors 0, -1, -2, -3.
    expect(estimate(evaluated, current, 'mae').current.value).toBeCloseTo(1.5, 12);
    expect(estimate(evaluated, current, 'rmse').current.value).toBeCloseTo(Math.sqrt(14 / 4), 12);
    expect(estimate(evaluated, current, 'mae').reasons).toContain(
      '77% of the predictions lie outside those of the evaluation, where nothing is known of the errors',
    );
  });

  test.each<MetricName>(['rmse', 'mae'])('of %s comes near the truth when predictions move', (metric) => {
    const random = createRandom(`truth of ${metric}`);
    const move = (rows: number): RegressionPredictions => {
      // Within the range of the test rows, mostly of its upper part.
      const wide = drawn(random, rows * 4, 0);
      const kept = [...wide.predicted.keys()].filter(
        (row) => random.next() < (wide.predicted[row]! / 10) ** 3,
      );
      const take = (values: Float64Array): Float64Array => Float64Array.from(kept, (row) => values[row]!);
      return { task: 'regression', actual: take(wide.actual), predicted: take(wide.predicted) };
    };
    const truth = metricOf(metric).compute(move(100_000)) as { value: number };
    const runs = 40;
    let [sum, held] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const evaluated = drawn(random, 500, 0);
      const { current } = estimate(evaluated, move(400), metric);
      sum += current.value!;
      if (current.low! <= truth.value && truth.value <= current.high!) held++;
    }
    expect(Math.abs(sum / runs / truth.value - 1)).toBeLessThan(0.02);
    expect(held).toBeGreaterThanOrEqual(33);
  });

  test('suspects a model whose predictions moved to where errors are large', () => {
    const random = createRandom('large');
    const evaluated = drawn(random, 4000, 0);
    const current = drawn(random, 400, 9);
    const limit = { amount: 0.05, relative: true };
    expect(estimate(evaluated, current, 'rmse', { limit })).toMatchObject({
      outcome: 'estimated',
      method: 'error-model',
      suspected: true,
      degraded: false,
      rows: { reference: 4000, current: 400, unlabelled: 400 },
    });
    expect(estimate(evaluated, drawn(random, 400, 0), 'rmse', { limit }).suspected).toBe(false);
  });

  test('is not available for other metrics, in an older evaluation, or of too few rows', () => {
    const random = createRandom('none');
    const [evaluated, current] = [drawn(random, 100, 0), drawn(random, 100, 0)];
    expect(estimate(evaluated, current, 'r2').reasons).toEqual([
      'r2 cannot be estimated without labels; of a regression rmse and mae can',
    ]);
    const { uncertainty: _, ...evaluation } = evaluationOf(evaluated, 'rmse');
    expect(estimate(evaluated, current, 'rmse', { evaluation }).outcome).toBe('not-available');
    expect(estimate(evaluated, drawn(random, 29, 0), 'rmse')).toMatchObject({
      outcome: 'not-enough-data',
      reasons: ['29 rows are not enough to estimate rmse; 30 are needed'],
    });
  });

  test('of very many rows has the value of all and an interval about it', () => {
    const random = createRandom('many');
    const evaluated = drawn(random, 2000, 0);
    const many = drawn(random, 30_000, 0);
    const { current } = estimate(evaluated, many, 'mae');
    const few = estimate(evaluated, { ...many, predicted: many.predicted.slice(0, 9000) }, 'mae').current;
    expect(current.low).toBeLessThan(current.value!);
    expect(current.high).toBeGreaterThan(current.value!);
    expect((current.high! - current.low!) / (few.high! - few.low!)).toBeCloseTo(1, 0);
    expect(current.value).not.toBe(few.value);
    expect(current.value).toBeCloseTo(few.value!, 1);
  });

  test('is reported by period of the event time', () => {
    const random = createRandom('periods');
    const values = Float64Array.from({ length: 300 }, (_, i) => 2010 + (i % 3));
    const { periods } = estimate(drawn(random, 200, 0), drawn(random, 300, 0), 'rmse', {
      times: { type: 'number', values },
    });
    expect(periods.map(({ period, rows }) => [period, rows])).toEqual([
      ['2010', 100],
      ['2011', 100],
      ['2012', 100],
    ]);
    expect(periods.every(({ value, low, high }) => low! < value! && value! < high!)).toBe(true);
  });
});
