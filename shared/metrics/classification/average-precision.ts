import { codesAgainstRest } from '../../dataset/schema/positive-class.ts';
import { rankedPrecision } from '../rows/ranking.ts';
import { oneAgainstRest } from './one-against-rest.ts';
import { probabilityMetric } from './probabilities.ts';

/**
 * Average precision.
 *
 * 1 is perfect, the share of positives guessing. Undefined when a class has no rows, where scikit-learn warns and says 0.
 *
 * @example positives 0.9, 0.4; a negative 0.6: ½ · 1 + ½ · 2/3 = 0.833
 */
export const averagePrecision = probabilityMetric('average-precision', {
  weigh: (rows) => oneAgainstRest(rows, rankedPrecision),
  sample: (rows) => ({ kind: 'ranks', rows, codes: codesAgainstRest(rows), score: 'precision' }),
});
