import { f1Of, weightedBySize } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * F1, weighted by class size.
 *
 * @example actual a, b, b; predicted a, b, a: (1 · 2/3 + 2 · 2/3) / 3 = 0.667
 */
export const f1Weighted = confusionMetric(
  'f1-weighted',
  (matrix) => ({
    value: weightedBySize(matrix, f1Of),
  }),
  { unseen: 'of-each-actual' },
);
