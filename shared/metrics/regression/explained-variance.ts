import { valuesByRow } from '../metric/mean-of-rows.ts';
import { regressionMetric } from '../metric/metric.ts';
import { withoutVariation } from './r2.ts';
import { centredValues, deviationsOf } from './variance.ts';

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
    const errors = deviationsOf(valuesByRow(rows, difference));
    const actual = deviationsOf(rows.actual);
    return (weights) => {
      const squares = actual.squares(weights);
      if (squares === 0) return withoutVariation(weights.total);
      return { value: 1 - errors.squares(weights) / squares };
    };
  },
  sample(rows) {
    const errors = centredValues(valuesByRow(rows, difference));
    const actual = centredValues(rows.actual);
    const square = (value: number) => value ** 2;
    return {
      kind: 'means',
      columns: [errors, errors.map(square), actual, actual.map(square)],
      of: ([error, squaredErrors, mean, squares]) =>
        1 - (squaredErrors! - error! ** 2) / (squares! - mean! ** 2),
    };
  },
});

function difference(actual: number, predicted: number): number {
  return actual - predicted;
}
