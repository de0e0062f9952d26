import { macroMean, precisionOf } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * Precision, mean over classes: of the rows given a class, the share that really has it; each class counts the same.
 *
 * Mean of tp / (tp + fp) over the classes that occur; a class that no row is given has 0. scikit-learn:
 * `precision_score(average="macro", zero_division=0)`.
 *
 * @example actual a, b, b; predicted a, b, a: (1/2 + 1) / 2 = 0.75
 */
export const precisionMacro = confusionMetric('precision-macro', (matrix) => ({
  value: macroMean(matrix, precisionOf),
}));
