import { codesAgainstRest } from '../../dataset/schema/positive-class.ts';
import { rankedArea } from '../rows/ranking.ts';
import { oneAgainstRest } from './one-against-rest.ts';
import { probabilityMetric } from './probabilities.ts';

/**
 * Area under the ROC curve, from ranks, ties counting half.
 *
 * Undefined when a class has no rows, or all.
 *
 * @example positives 0.9, 0.4; negatives 0.4, 0.1: (1 + 1 + ½ + 1) / 4 = 0.875
 */
export const rocAuc = probabilityMetric('roc-auc', {
  weigh: (rows) => oneAgainstRest(rows, rankedArea),
  sample: (rows) => ({ kind: 'ranks', rows, codes: codesAgainstRest(rows), score: 'area' }),
});
