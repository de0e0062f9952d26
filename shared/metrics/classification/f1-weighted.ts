import { f1Of, weightedBySize } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * F1 of each class, averaged by how many rows the class has.
 *
 * Σ rows · 2 tp / (2 tp + fp + fn) / n. scikit-learn: `f1_score(average="weighted", zero_division=0)`.
 *
 * @example actual a, b, b; predicted a, b, a: (1 · 2/3 + 2 · 2/3) / 3 = 0.667
 */
export const f1Weighted = confusionMetric('f1-weighted', (matrix) => ({
  value: weightedBySize(matrix, f1Of),
}));
