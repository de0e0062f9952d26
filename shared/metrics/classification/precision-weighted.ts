import { precisionOf, weightedBySize } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * Precision, weighted by class size.
 *
 * @example actual a, b, b; predicted a, b, a: (1 · 1/2 + 2 · 1) / 3 = 0.833
 */
export const precisionWeighted = confusionMetric(
  'precision-weighted',
  (matrix) => ({
    value: weightedBySize(matrix, precisionOf),
  }),
  { unseen: 'of-each-predicted' },
);
