import { valuesByRow } from '../metric/mean-of-rows.ts';
import { regressionMetric } from '../metric/metric.ts';
import { withoutVariation } from './r2.ts';
import { deviationsOf } from './variance.ts';

/**
 * Explained variance.
 *
 * Undefined when every actual value is the same or there is one row only, as with r2.
 *
 * @example actual 1, 2, 3; predicted 2, 3, 4: 1 (while r2 is −0.5)
 */
export const explainedVariance = regressionMetric({
  name: 'explained-variance',
  weigh(rows) {
    const errors = deviationsOf(valuesByRow(rows, (actual, predicted) => actual - predicted));
    const actual = deviationsOf(rows.actual);
    return (weights) => {
      const squares = actual.squares(weights);
      if (squares === 0) return withoutVariation(weights.total);
      return { value: 1 - errors.squares(weights) / squares };
    };
  },
});
