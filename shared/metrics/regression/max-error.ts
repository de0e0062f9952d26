import { valuesByRow } from '../metric/mean-of-rows.ts';
import { regressionMetric } from '../metric/metric.ts';

/**
 * Largest error.
 *
 * It has no interval: a resample can only repeat the largest error or miss it, and how large the errors of other rows
 * can be is not to be seen in these.
 *
 * @example actual 3, 5; predicted 2, 7: 2
 */
export const maxError = regressionMetric({
  name: 'max-error',
  weigh(rows) {
    const errors = valuesByRow(rows, (actual, predicted) => Math.abs(actual - predicted));
    const order = Uint32Array.from(errors.keys()).sort((i, j) => errors[j]! - errors[i]!);
    return ({ counts }) => {
      let first = 0;
      while (counts[order[first]!] === 0) first++;
      return { value: errors[order[first]!]! };
    };
  },
  sample: () => ({
    kind: 'none',
    reason: 'the largest error of these rows says little about the largest of others',
  }),
});
