import { codesAgainstRest } from '../../dataset/schema/positive-class.ts';
import { weightedMean } from '../metric/mean-of-rows.ts';
import { probabilityMetric } from './probabilities.ts';

/**
 * Brier score, of one probability by row in a binary task and of all in a multiclass one.
 *
 * @example p(positive) 0.9, 0.4 of two positives: (0.01 + 0.36) / 2 = 0.185
 */
export const brier = probabilityMetric('brier', (rows, probabilities) => {
  const width = rows.classes.length;
  const codes = codesAgainstRest(rows);
  const scores = new Float64Array(rows.count);
  for (let i = 0; i < scores.length; i++) {
    let sum = 0;
    for (const k of codes) {
      sum += (probabilities[i * width + k]! - Number(rows.actual[i] === k)) ** 2;
    }
    scores[i] = sum;
  }
  return weightedMean(scores);
});
