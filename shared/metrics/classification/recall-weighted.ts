import { recallOf, weightedBySize } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * Recall of each class, averaged by how many rows the class has; it equals accuracy.
 *
 * Σ rows · tp / (tp + fn) / n. scikit-learn: `recall_score(average="weighted", zero_division=0)`.
 *
 * @example actual a, b, b; predicted a, b, a: (1 · 1 + 2 · 1/2) / 3 = 0.667
 */
export const recallWeighted = confusionMetric('recall-weighted', (matrix) => ({
  value: weightedBySize(matrix, recallOf),
}));
