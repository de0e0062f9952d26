import { meanOfRows } from '../metric/mean-of-rows.ts';

/**
 * Mean absolute error.
 *
 * @example actual 3, 5; predicted 2, 7: (1 + 2) / 2 = 1.5
 */
export const mae = meanOfRows({
  name: 'mae',
  ofRow: (actual, predicted) => Math.abs(actual - predicted),
});
