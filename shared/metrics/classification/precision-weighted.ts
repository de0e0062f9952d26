import { precisionOf, weightedBySize } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * Precision of each class, averaged by how many rows the class has.
 *
 * Σ rows · tp / (tp + fp) / n; a class that no row is given has 0. scikit-learn:
 * `precision_score(average="weighted", zero_division=0)`.
 *
 * @example actual a, b, b; predicted a, b, a: (1 · 1/2 + 2 · 1) / 3 = 0.833
 */
export const precisionWeighted = confusionMetric('precision-weighted', (matrix) => ({
  value: weightedBySize(matrix, precisionOf),
}));
