import { regressionMetric } from '../metric/metric.ts';
import { placesOnce } from './absolute-errors.ts';

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
    const places = placesOnce(rows);
    return ({ counts, once }) => {
      if (once) return { value: rows.sortedSizes().at(-1)! };
      const { errors, order } = places();
      let last = order.length - 1;
      while (counts[order[last]!] === 0) last--;
      return { value: errors[order[last]!]! };
    };
  },
  sample: () => ({
    kind: 'none',
    reason: 'the largest error of these rows says little about the largest of others',
  }),
});
