import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { GateResult } from '../../metrics/evaluation/gate-result.ts';
import { createRandom } from '../../platform/random.ts';
import { sampleChampion, sampleMetric, sampleSlice } from './sample-parts.ts';

const digests = {
  model: '5b0e1f0c9d0a4b7f8e2d6c1a3f4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b',
  dataset: 'c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2',
  champion: '0d1b9c77e0f24bd0b1f9d1a3c7c3e1f5a2b4c6d8e0f1a3b5c7d9e1f3a5b7c9d1',
};

/** A gate that passes, unless the overrides say otherwise. */
export function sampleGate(overrides: Partial<GateResult> = {}): GateResult {
  return {
    index: 0,
    metric: 'rmse',
    kind: 'max',
    declared: 'rmse at most 4',
    bound: 4,
    measured: 2.874,
    low: 2.466,
    high: 3.317,
    outcome: 'pass',
    message: 'The whole interval lies below 4.',
    ...overrides,
  };
}

/** A regression that passes against a champion. */
export function sampleRegression(overrides: Partial<Evaluation> = {}): Evaluation {
  const random = createRandom('scatter');
  const scatter = Array.from({ length: 79 }, (): [number, number] => {
    const actual = 10 + random.next() * 32;
    return [Math.round(actual * 10) / 10, actual * 0.94 + 1.4 + random.normal() * (1 + actual * 0.05)];
  });
  return {
    version: 1,
    pipeline: 'fuel',
    task: 'regression',
    target: 'mpg',
    unit: 'mpg',
    rows: 79,
    ...{ model: digests.model, dataset: digests.dataset },
    champion: { name: 'fuel@v1.2.0', digest: digests.champion, rows: 79, comparable: true },
    verdict: 'pass',
    headline: 'All gates pass: rmse is 2.87 mpg, better than the champion’s 3.08.',
    primary: 'rmse',
    bootstrap: { method: 'percentile', resamples: 1000, confidence: 0.95, seed: 1 },
    inconclusive: 'warn',
    metrics: [
      sampleMetric('rmse', 2.874, 0.851, {
        baseline: 7.893,
        train: 2.411,
        champion: sampleChampion(3.083, [0.209, 0.048, 0.377], 'lower'),
      }),
      sampleMetric('mae', 2.103, 0.602, {
        baseline: 6.512,
        train: 1.803,
        champion: sampleChampion(2.215, [0.112, -0.021, 0.243], 'lower'),
      }),
      sampleMetric('r2', 0.8641, 0.0841, {
        better: 'higher',
        baseline: -0.0042,
        train: 0.9058,
        champion: sampleChampion(0.8436, [0.0205, 0.0049, 0.0371], 'higher'),
      }),
      sampleMetric('mean-bias', -0.113, 1.252, {
        better: 'zero',
        baseline: 0.421,
        train: 0.014,
        champion: sampleChampion(0.662, [0.549, -0.104, 0.981], 'lower'),
      }),
    ],
    gates: [
      sampleGate(),
      sampleGate({
        index: 1,
        kind: 'champion-worse-by-at-most',
        declared: 'rmse worse than the champion by at most 2%',
        bound: 0.0617,
        measured: -0.209,
        low: -0.377,
        high: -0.048,
        relative: { bound: 0.02, of: 3.083 },
        tells: { rows: 79, at: 0.1323, power: 0.8, failsEqual: 0.2313 },
        message: 'rmse is lower than the champion’s by 0.209; it may be higher by 0.0617.',
      }),
      sampleGate({
        index: 2,
        metric: 'r2',
        kind: 'train-gap',
        declared: 'r2 on test rows worse than on training rows by at most 0.1',
        bound: 0.1,
        measured: 0.0417,
        low: 0.0012,
        high: 0.0853,
        message: 'The gap is 0.042: no sign of overfitting beyond what is allowed.',
      }),
      sampleGate({
        index: 3,
        declared: 'rmse at most 6 in every slice by origin',
        slice: { column: 'origin', label: 'Japan' },
        bound: 6,
        measured: 3.614,
        low: 2.613,
        high: 4.792,
        message: 'The worst slice, Japan, lies below 6.',
      }),
    ],
    slices: [
      sampleSlice(['origin', 'USA'], 49, [2.513, 2.048, 3.013], { champion: 2.884 }),
      sampleSlice(['origin', 'Japan'], 17, [3.614, 2.613, 4.792], { champion: 3.402 }),
      sampleSlice(['origin', 'Europe'], 13, [3.083, 2.011, 4.235], { champion: 3.391 }),
      sampleSlice(['weight', '[1,600, 2,400)'], 31, [3.422, 2.713, 4.218], { champion: 3.613 }),
      sampleSlice(['weight', '[2,400, 3,400)'], 29, [2.611, 2.034, 3.203], { champion: 2.902 }),
      sampleSlice(['weight', '[3,400, 5,200)'], 15, [1.893, 1.242, 2.531], { champion: 2.013 }),
      sampleSlice(['weight', 'missing'], 4, [5.204, 1.103, 8.931], { champion: 4.002 }),
    ],
    scatter,
    residuals: {
      probabilities: [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99],
      quantiles: [-7.31, -4.42, -3.13, -1.52, 0.08, 1.71, 3.52, 4.93, 8.04],
    },
    ...overrides,
  };
}

/** A regression judged from a file of predictions: no training, no champion, no gates. */
export function sampleMinimal(overrides: Partial<Evaluation> = {}): Evaluation {
  const { model: _model, dataset: _dataset, champion: _champion, unit: _unit, ...rest } = sampleRegression();
  return {
    ...rest,
    pipeline: 'predictions',
    target: 'actual',
    predictions: digests.dataset,
    headline: 'No gates are declared; rmse is 2.87.',
    metrics: [
      sampleMetric('rmse', 2.874, 0.851),
      {
        name: 'r2',
        value: null,
        low: null,
        high: null,
        reason: 'every actual value is the same',
        better: 'higher',
      },
    ],
    gates: [],
    slices: [],
    ...overrides,
  };
}
