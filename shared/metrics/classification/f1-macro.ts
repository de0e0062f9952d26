import { f1Of, macroMean } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * F1, mean over classes: the harmonic mean of each class's precision and recall; each class counts the same.
 *
 * Mean of 2 tp / (2 tp + fp + fn) over the classes that occur (van Rijsbergen, "Information Retrieval", 1979).
 * scikit-learn: `f1_score(average="macro", zero_division=0)`.
 *
 * @example actual a, b, b; predicted a, b, a: (2/3 + 2/3) / 2 = 0.667
 */
export const f1Macro = confusionMetric('f1-macro', (matrix) => ({
  value: macroMean(matrix, f1Of),
}));
