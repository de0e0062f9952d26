import { meanOfRows } from '../metric/mean-of-rows.ts';

/**
 * Mean absolute error: the average size of an error in the target's units.
 *
 * Σ |actual − predicted| / n; 0 is perfect. scikit-learn: `mean_absolute_error`.
 *
 * @example actual 3, 5; predicted 2, 7: (1 + 2) / 2 = 1.5
 */
export const mae = meanOfRows({
  name: 'mae',
  ofRow: (actual, predicted) => Math.abs(actual - predicted),
});
