import { meanOfRows } from '../metric/mean-of-rows.ts';

/**
 * Pinball loss at the median: the loss that a forecast of the 50 % quantile minimises.
 *
 * Σ max(½ (actual − predicted), ½ (predicted − actual)) / n, half of the mean absolute error; 0 is perfect
 * (Koenker and Bassett, "Regression Quantiles", 1978). scikit-learn: `mean_pinball_loss` with alpha 0.5.
 *
 * @example actual 3, 5; predicted 2, 7: (0.5 + 1) / 2 = 0.75
 */
export const pinball = meanOfRows({
  name: 'pinball',
  ofRow: (actual, predicted) => Math.abs(actual - predicted) / 2,
});
