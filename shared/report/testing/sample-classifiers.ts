import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { sampleGate, sampleRegression } from './sample-evaluation.ts';
import { sampleChampion, sampleMetric, sampleSlice } from './sample-parts.ts';

/** A binary classifier that fails against its champion. */
export function sampleBinary(overrides: Partial<Evaluation> = {}): Evaluation {
  const { scatter: _scatter, residuals: _residuals, unit: _unit, ...rest } = sampleRegression();
  return {
    ...rest,
    pipeline: 'churn',
    task: 'binary',
    target: 'churned',
    classes: ['no', 'yes'],
    rows: 2148,
    champion: { name: 'churn@v3.0.1', rows: 2148, comparable: true },
    verdict: 'fail',
    headline: 'One gate fails: roc-auc is 0.812, worse than the champion’s 0.846 by more than allowed.',
    primary: 'roc-auc',
    metrics: [
      sampleMetric('log-loss', 0.4471, 0.0392, {
        baseline: 0.5772,
        train: 0.4026,
        champion: sampleChampion(0.4212, [-0.0259, -0.0431, -0.0088], 'lower'),
      }),
      sampleMetric('roc-auc', 0.8123, 0.0374, {
        better: 'higher',
        baseline: 0.5,
        train: 0.8507,
        champion: sampleChampion(0.8461, [-0.0338, -0.0479, -0.0194], 'higher'),
      }),
      sampleMetric('average-precision', 0.6127, 0.0713, {
        better: 'higher',
        baseline: 0.2651,
        train: 0.6893,
        champion: sampleChampion(0.6309, [-0.0182, -0.0413, 0.0052], 'higher'),
      }),
      sampleMetric('accuracy', 0.7912, 0.0343, {
        better: 'higher',
        baseline: 0.7349,
        train: 0.8114,
        champion: sampleChampion(0.7907, [0.0005, -0.0102, 0.0111], 'higher'),
      }),
      sampleMetric('ece', 0.0383, 0.0221, {
        baseline: 0.0021,
        train: 0.0175,
        champion: sampleChampion(0.0218, [-0.0165, -0.0283, -0.0041], 'lower'),
      }),
    ],
    gates: [
      sampleGate({
        metric: 'roc-auc',
        kind: 'min',
        declared: 'roc-auc at least 0.75',
        bound: 0.75,
        measured: 0.8123,
        low: 0.7943,
        high: 0.8317,
        message: 'The whole interval lies above 0.75.',
      }),
      sampleGate({
        index: 1,
        metric: 'roc-auc',
        kind: 'champion-worse-by-at-most',
        declared: 'roc-auc worse than the champion by at most 0.01',
        bound: 0.01,
        measured: 0.0338,
        low: 0.0194,
        high: 0.0479,
        outcome: 'fail',
        message: 'roc-auc is lower than the champion’s by 0.0338; at most 0.01 is allowed.',
      }),
      sampleGate({
        index: 2,
        metric: 'accuracy',
        kind: 'baseline-better-by-at-least',
        declared: 'accuracy better than the naive baseline by at least 0.05',
        bound: 0.05,
        measured: 0.0563,
        low: 0.0391,
        high: 0.0734,
        outcome: 'inconclusive',
        doubt: 'within',
        means: 'warn',
        message: 'The interval reaches across 0.05: more test rows would tell.',
      }),
    ],
    slices: [
      sampleSlice(['contract', 'month-to-month'], 1183, [0.7434, 0.7182, 0.7701], {
        metric: 'roc-auc',
        champion: 0.7803,
      }),
      sampleSlice(['contract', 'one year'], 486, [0.7751, 0.7063, 0.8318], {
        metric: 'roc-auc',
        champion: 0.7714,
      }),
      sampleSlice(['contract', 'two years'], 479, [0.8207, 0.7243, 0.9011], {
        metric: 'roc-auc',
        champion: 0.8402,
      }),
    ],
    perClass: [
      { class: 'no', rows: 1579, precision: 0.8343, recall: 0.8949, f1: 0.8635 },
      { class: 'yes', rows: 569, precision: 0.6312, recall: 0.5026, f1: 0.5596 },
    ],
    confusion: [
      [1413, 166],
      [283, 286],
    ],
    calibration: [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95]
      .map((predicted, i) => ({
        predicted,
        observed: Math.min(
          1,
          Math.max(0, predicted + [-0.01, -0.03, 0.02, 0.06, 0.08, 0.04, -0.03, -0.08, -0.1, -0.04][i]!),
        ),
        rows: [612, 391, 266, 203, 174, 159, 142, 108, 67, 26][i]!,
      }))
      .map((bin) => ({
        ...bin,
        low: Math.max(0, bin.observed - 0.05),
        high: Math.min(1, bin.observed + 0.05),
      })),
    roc: Array.from({ length: 101 }, (_, i): [number, number] => [i / 100, (i / 100) ** 0.31]),
    precisionRecall: Array.from({ length: 101 }, (_, i): [number, number] => [
      i / 100,
      1 - 0.73 * (i / 100) ** 1.4,
    ]),
    championCurves: {
      roc: Array.from({ length: 101 }, (_, i): [number, number] => [i / 100, (i / 100) ** 0.25]),
      precisionRecall: Array.from({ length: 101 }, (_, i): [number, number] => [
        i / 100,
        1 - 0.73 * (i / 100) ** 1.7,
      ]),
    },
    thresholds: Array.from({ length: 19 }, (_, i) => {
      const threshold = (i + 1) / 20;
      const recall = 1 - threshold ** 1.2;
      const precision = 0.27 + 0.7 * threshold;
      return {
        threshold,
        predicted: Math.round((569 * recall) / precision),
        precision,
        recall,
        specificity: threshold ** 0.5,
        f1: (2 * precision * recall) / (precision + recall),
      };
    }),
    operatingPoint: {
      threshold: 0.5,
      predicted: 452,
      precision: 0.6327,
      recall: 0.5026,
      specificity: 0.8949,
      f1: 0.5602,
    },
    positive: 'yes',
    ...overrides,
  };
}

/** A classifier of three classes whose gate cannot be decided. */
export function sampleMulticlass(overrides: Partial<Evaluation> = {}): Evaluation {
  const {
    calibration: _calibration,
    roc: _roc,
    precisionRecall: _precisionRecall,
    championCurves: _championCurves,
    thresholds: _thresholds,
    operatingPoint: _operatingPoint,
    positive: _positive,
    champion: _champion,
    ...rest
  } = sampleBinary();
  return {
    ...rest,
    pipeline: 'iris-garden',
    task: 'multiclass',
    target: 'species',
    classes: ['setosa', 'versicolor', 'virginica'],
    rows: 38,
    verdict: 'warn',
    headline: 'One gate is inconclusive: f1-macro is 0.92, and 38 rows cannot tell it from 0.9.',
    primary: 'f1-macro',
    metrics: [
      sampleMetric('f1-macro', 0.921, 0.171, {
        better: 'higher',
        low: 0.839,
        high: 1,
        baseline: 0.164,
        train: 0.982,
      }),
      sampleMetric('accuracy', 0.9211, 0.1579, {
        better: 'higher',
        low: 0.8421,
        high: 1,
        baseline: 0.342,
        train: 0.983,
      }),
      sampleMetric('mcc', 0.884, 0.231, { better: 'higher', baseline: 0, train: 0.974 }),
      {
        name: 'log-loss',
        value: null,
        low: null,
        high: null,
        better: 'lower',
        reason: 'the predictions have no probabilities',
      },
    ],
    gates: [
      sampleGate({
        metric: 'f1-macro',
        kind: 'min',
        declared: 'f1-macro at least 0.9',
        bound: 0.9,
        measured: 0.921,
        low: 0.839,
        high: 1,
        outcome: 'inconclusive',
        doubt: 'within',
        means: 'warn',
        message: 'The interval reaches across 0.9: 38 rows are too few to tell.',
      }),
      sampleGate({
        index: 1,
        metric: 'f1-macro',
        kind: 'champion-worse-by-at-most',
        declared: 'f1-macro worse than the champion by at most 2%',
        bound: null,
        measured: null,
        low: null,
        high: null,
        outcome: 'not-applicable',
        message: 'No model is in production yet.',
      }),
    ],
    slices: [],
    perClass: [
      { class: 'setosa', rows: 13, precision: 1, recall: 1, f1: 1 },
      { class: 'versicolor', rows: 12, precision: 0.846, recall: 0.917, f1: 0.88 },
      { class: 'virginica', rows: 13, precision: 0.917, recall: 0.846, f1: 0.88 },
    ],
    confusion: [
      [13, 0, 0],
      [0, 11, 1],
      [0, 2, 11],
    ],
    calibration: [
      { predicted: 0.61, observed: 0.5, low: 0.25, high: 0.75, rows: 12 },
      { predicted: 0.93, observed: 0.96, low: 0.81, high: 0.99, rows: 26 },
    ],
    oneAgainstRest: [
      {
        class: 'setosa',
        rows: 13,
        rocAuc: 1,
        averagePrecision: 1,
        roc: [
          [0, 0],
          [0, 1],
          [1, 1],
        ],
        precisionRecall: [[1, 1]],
      },
      {
        class: 'versicolor',
        rows: 12,
        rocAuc: 0.96,
        averagePrecision: 0.93,
        roc: [
          [0, 0],
          [0, 0.8],
          [0.2, 1],
          [1, 1],
        ],
        precisionRecall: [
          [0.8, 1],
          [1, 0.65],
        ],
      },
    ],
    ...overrides,
  };
}
