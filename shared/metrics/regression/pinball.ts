import { meanOfRows } from '../metric/mean-of-rows.ts';

/**
 * Pinball loss at the median: the loss that a forecast of the 50% quantile minimises.
 *
 * @example actual 3, 5; predicted 2, 7: (0.5 + 1) / 2 = 0.75
 */
export const pinball = meanOfRows({
  name: 'pinball',
  ofRow: (actual, predicted) => Math.abs(actual - predicted) / 2,
});
