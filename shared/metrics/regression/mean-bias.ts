import { meanOfRows } from '../metric/mean-of-rows.ts';

/**
 * Mean bias: above zero the model guesses too high, below too low, in the target's units.
 *
 * Σ (predicted − actual) / n; the closer to 0 the better. scikit-learn has none.
 *
 * @example actual 3, 5; predicted 2, 7: (−1 + 2) / 2 = 0.5
 */
export const meanBias = meanOfRows({
  name: 'mean-bias',
  ofRow: (actual, predicted) => predicted - actual,
});
