import { meanOfRows } from '../metric/mean-of-rows.ts';

/**
 * Root mean squared error.
 *
 * @example actual 3, 5; predicted 2, 7: √((1 + 4) / 2) = 1.58
 */
export const rmse = meanOfRows({
  name: 'rmse',
  ofRow: (actual, predicted) => (actual - predicted) ** 2,
  ofMean: Math.sqrt,
});
