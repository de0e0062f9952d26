import { meanOfRows } from '../metric/mean-of-rows.ts';

/**
 * Mean absolute percentage error, as a fraction.
 *
 * An actual value of zero makes it astronomically large, as in scikit-learn: smape stays bounded.
 *
 * @example actual 4, 5; predicted 3, 6: (0.25 + 0.2) / 2 = 0.225
 */
export const mape = meanOfRows({
  name: 'mape',
  ofRow: (actual, predicted) => Math.abs(actual - predicted) / Math.max(Math.abs(actual), Number.EPSILON),
});
