import { macroMean, precisionOf } from './class-scores.ts';
import { confusionMetric } from './confusion-metric.ts';

/**
 * Precision, mean over classes.
 *
 * @example actual a, b, b; predicted a, b, a: (1/2 + 1) / 2 = 0.75
 */
export const precisionMacro = confusionMetric(
  'precision-macro',
  (matrix) => ({
    value: macroMean(matrix, precisionOf),
  }),
  { unseen: 'of-each-predicted' },
);
