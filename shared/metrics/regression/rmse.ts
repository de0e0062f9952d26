import { meanOfRows } from '../metric/mean-of-rows.ts';

/**
 * Root mean squared error: the typical size of an error in the target's units, large errors counting more.
 *
 * √( Σ (actual − predicted)² / n ); 0 is perfect. scikit-learn: `root_mean_squared_error`.
 *
 * @example actual 3, 5; predicted 2, 7: √((1 + 4) / 2) = 1.58
 */
export const rmse = meanOfRows({
  name: 'rmse',
  ofRow: (actual, predicted) => (actual - predicted) ** 2,
  ofMean: Math.sqrt,
});
