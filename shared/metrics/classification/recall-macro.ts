import { macroMean, recallOf } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * Recall, mean over classes: of the rows that have a class, the share that was found; each class counts the same.
 *
 * Mean of tp / (tp + fn) over the classes that occur, as actual or predicted; a class without actual rows has 0 (so it
 * differs from balanced accuracy there). scikit-learn: `recall_score(average="macro", zero_division=0)`.
 *
 * @example actual a, b, b; predicted a, b, a: (1 + 1/2) / 2 = 0.75
 */
export const recallMacro = confusionMetric('recall-macro', (matrix) => ({
  value: macroMean(matrix, recallOf),
}));
