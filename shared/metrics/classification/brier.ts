import { codesAgainstRest } from '../../dataset/schema/positive-class.ts';
import { meanLoss } from './probabilities.ts';

/**
 * Brier score, of one probability by row in a binary task and of all in a multiclass one.
 *
 * @example p(positive) 0.9, 0.4 of two positives: (0.01 + 0.36) / 2 = 0.185
 */
export const brier = meanLoss('brier', (rows) => {
  const codes = codesAgainstRest(rows);
  return (start, happened) => {
    let sum = 0;
    for (const k of codes) sum += (rows.probabilities![start + k]! - Number(happened === k)) ** 2;
    return sum;
  };
});
