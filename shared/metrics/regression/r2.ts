import { valuesByRow } from '../metric/mean-of-rows.ts';
import { regressionMetric } from '../metric/metric.ts';
import type { MetricValue } from '../metric/metric-value.ts';
import { weightedSum } from '../rows/row-weights.ts';
import { centredValues, deviationsOf } from './variance.ts';

/** Why the share of explained variation is undefined. */
export function withoutVariation(total: number): MetricValue {
  return { undefined: total < 2 ? 'there is one row only' : 'every actual value is the same' };
}

/**
 * Coefficient of determination.
 *
 * Undefined when every actual value is the same or there is one row only. scikit-learn says 1 or 0 for a constant
 * target (its `force_finite`) and NaN for one row: numbers that no gate should be judged by.
 *
 * @example actual 1, 2, 3; predicted 1, 2, 4: 1 − 1 / 2 = 0.5
 */
export const r2 = regressionMetric({
  name: 'r2',
  weigh(rows) {
    const squaredErrors = valuesByRow(rows, squaredError);
    const deviations = deviationsOf(rows.actual);
    return (weights) => {
      const squares = deviations.squares(weights);
      if (squares === 0) return withoutVariation(weights.total);
      return { value: 1 - weightedSum(squaredErrors, weights.counts) / squares };
    };
  },
  sample(rows) {
    const actual = centredValues(rows.actual);
    return {
      kind: 'means',
      columns: [valuesByRow(rows, squaredError), actual, actual.map((value) => value ** 2)],
      of: ([errors, mean, squares]) => 1 - errors! / (squares! - mean! ** 2),
    };
  },
});

function squaredError(actual: number, predicted: number): number {
  return (actual - predicted) ** 2;
}
