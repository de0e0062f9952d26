import { meanOfRows } from '../metric/mean-of-rows.ts';

/**
 * Mean bias.
 *
 * @example actual 3, 5; predicted 2, 7: (−1 + 2) / 2 = 0.5
 */
export const meanBias = meanOfRows({
  name: 'mean-bias',
  ofRow: (actual, predicted) => predicted - actual,
});
