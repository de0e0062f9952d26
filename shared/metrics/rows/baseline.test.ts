import { expect, it } from 'vitest';
import { validateSchema } from '../../config/sections/validate-section.ts';
import { silentLogger } from '../../platform/logger.ts';
import { evaluate } from '../evaluate.ts';
import type { ClassificationPredictions } from './predictions.ts';

/** Two folds of ten rows: of the first three are spam, of the second five. Each fold's model knows the other fold alone. */
const actual = Int32Array.from({ length: 20 }, (_, row) => Number(row < 3 || row >= 15));
const naive: ClassificationPredictions = {
  task: 'binary',
  classes: ['ham', 'spam'],
  positive: 'spam',
  actual,
  predicted: new Int32Array(20),
  probabilities: Float64Array.from(
    { length: 40 },
    (_, i) => [i < 20 ? 0.5 : 0.7, i < 20 ? 0.5 : 0.3][i % 2]!,
  ),
};

it('naive models of folds, ranked together, prefer no row: an ROC AUC of a half, and the share of positives', () => {
  const { metrics, gates } = evaluate(
    {
      pipeline: 'mail',
      task: 'binary',
      target: 'label',
      predictions: naive,
      baseline: naive,
      slices: [],
      validate: validateSchema.parse({
        metrics: ['roc-auc', 'average-precision', 'log-loss'],
        bootstrap: { resamples: 100 },
        gates: [{ metric: 'roc-auc', baseline: { 'better-by-at-least': 0 } }],
      }),
    },
    { logger: silentLogger },
  );
  const of = (name: string) => metrics.find((metric) => metric.name === name)!;
  const baseline = (name: string) => of(name).baseline;
  // What scikit-learn's DummyClassifier(strategy="prior") has of eight positive rows among twenty.
  expect(baseline('roc-auc')).toBe(0.5);
  expect(baseline('average-precision')).toBeCloseTo(8 / 20, 12);
  // Of log-loss each fold's own share counts.
  const loss = (3 * Math.log(2) + 7 * Math.log(2) - 5 * Math.log(0.3) - 5 * Math.log(0.7)) / 20;
  expect(baseline('log-loss')).toBeCloseTo(loss, 12);
  // sklearn.metrics.roc_auc_score of the shares as they are: a tenth below the naive model.
  expect(of('roc-auc').value).toBeCloseTo(0.3958333333333333, 12);
  expect(gates[0]!.measured).toBeCloseTo(0.3958333333333333 - 0.5, 12);
});
