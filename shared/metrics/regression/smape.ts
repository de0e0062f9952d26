import { meanOfRows } from '../metric/mean-of-rows.ts';

/**
 * Symmetric mean absolute percentage error, as a fraction.
 *
 * @example actual 4, 0; predicted 6, 0: (2 · 2 / 10 + 0) / 2 = 0.2
 */
export const smape = meanOfRows({
  name: 'smape',
  ofRow(actual, predicted) {
    const size = Math.abs(actual) + Math.abs(predicted);
    return size === 0 ? 0 : (2 * Math.abs(actual - predicted)) / size;
  },
});
