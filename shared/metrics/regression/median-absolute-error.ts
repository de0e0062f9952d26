import { ascendingOrder } from '../../algebra/ascending-order.ts';
import { valuesByRow } from '../metric/mean-of-rows.ts';
import { regressionMetric } from '../metric/metric.ts';
import type { RegressionRows } from '../rows/judged-rows.ts';

/**
 * Median absolute error.
 *
 * @example errors 1, 2, 9: 2; errors 1, 2: 1.5
 */
export const medianAbsoluteError = regressionMetric({
  name: 'median-absolute-error',
  weigh(rows) {
    const errors = absoluteErrors(rows);
    const order = ascendingOrder(errors);
    return ({ counts, total }) => {
      const lower = Math.floor((total - 1) / 2);
      let position = 0;
      let seen = counts[order[0]!]!;
      while (seen <= lower) seen += counts[order[++position]!]!;
      const value = errors[order[position]!]!;
      if (total % 2 === 1 || seen > lower + 1) return { value };
      do position++;
      while (counts[order[position]!] === 0);
      return { value: (value + errors[order[position]!]!) / 2 };
    };
  },
  sample: (rows) => ({ kind: 'median', errors: absoluteErrors(rows) }),
});

function absoluteErrors(rows: RegressionRows): Float64Array {
  return valuesByRow(rows, (actual, predicted) => Math.abs(actual - predicted));
}
