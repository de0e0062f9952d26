import { recallOf, weightedBySize } from './class-scores.ts';
import { confusionMetric, rightRows } from './confusion-metric.ts';

/**
 * Recall, weighted by class size: equal to accuracy.
 *
 * @example actual a, b, b; predicted a, b, a: (1 · 1 + 2 · 1/2) / 3 = 0.667
 */
export const recallWeighted = confusionMetric(
  'recall-weighted',
  (matrix) => ({
    value: weightedBySize(matrix, recallOf),
  }),
  rightRows,
);
