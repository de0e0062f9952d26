import { f1Of, macroMean } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * F1, mean over classes.
 *
 * @example actual a, b, b; predicted a, b, a: (2/3 + 2/3) / 2 = 0.667
 */
export const f1Macro = confusionMetric(
  'f1-macro',
  (matrix) => ({
    value: macroMean(matrix, f1Of),
  }),
  { unseen: 'of-each-actual' },
);
