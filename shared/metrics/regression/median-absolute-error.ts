import { regressionMetric } from '../metric/metric.ts';
import { absoluteErrors, placesOnce } from './absolute-errors.ts';

/**
 * Median absolute error.
 *
 * @example errors 1, 2, 9: 2; errors 1, 2: 1.5
 */
export const medianAbsoluteError = regressionMetric({
  name: 'median-absolute-error',
  weigh(rows) {
    const places = placesOnce(rows);
    return ({ counts, total, once }) => {
      const lower = Math.floor((total - 1) / 2);
      if (once) {
        const sorted = rows.sortedSizes();
        return { value: total % 2 === 1 ? sorted[lower]! : (sorted[lower]! + sorted[lower + 1]!) / 2 };
      }
      const { errors, order } = places();
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
  sample: (rows) => ({ kind: 'median', errors: () => absoluteErrors(rows), sorted: rows.sortedSizes }),
});
