import { macroMean, recallOf } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * Recall, mean over classes.
 *
 * A class that is predicted and never actual counts 0, so it differs from balanced accuracy there.
 *
 * @example actual a, b, b; predicted a, b, a: (1 + 1/2) / 2 = 0.75
 */
export const recallMacro = confusionMetric(
  'recall-macro',
  (matrix) => ({
    value: macroMean(matrix, recallOf),
  }),
  { unseen: 'of-each-actual' },
);
