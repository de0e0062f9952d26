import { type Sample, regressionMetric } from '../metric.ts';
import { mapRows, sortedRows, totalWeight } from '../weighted-sums.ts';

/**
 * Median absolute error: the median of |y − p|, the mean of the two middle ones for an even number.
 * Source: scikit-learn `median_absolute_error`. Example: y 1 2 3, p 1 4 9 → 2.
 */
export const medianAbsoluteError = regressionMetric({
  name: 'median-absolute-error',
  better: 'lower',
  undefinedReason: 'there are no rows',
  prepare({ actual, predicted }) {
    const errors = mapRows(actual, predicted, (y, p) => Math.abs(y - p));
    const order = sortedRows(errors);
    return ({ weights }: Sample) => {
      const rows = weights ? totalWeight(weights) : errors.length;
      const lower = Math.floor((rows - 1) / 2);
      const upper = Math.ceil((rows - 1) / 2);
      let seen = 0;
      let first = Number.NaN;
      for (const row of order) {
        seen += weights ? weights[row]! : 1;
        if (first !== first && seen > lower) first = errors[row]!;
        if (seen > upper) return (first + errors[row]!) / 2;
      }
      return Number.NaN;
    };
  },
});

/** Largest absolute error: max |y − p|. Source: scikit-learn `max_error`. Example: y 1 2, p 1 4 → 2. */
export const maxError = regressionMetric({
  name: 'max-error',
  better: 'lower',
  undefinedReason: 'there are no rows',
  prepare({ actual, predicted }) {
    const errors = mapRows(actual, predicted, (y, p) => Math.abs(y - p));
    const order = sortedRows(errors).reverse();
    return ({ weights }: Sample) => {
      for (const row of order) if (!weights || weights[row]! > 0) return errors[row]!;
      return Number.NaN;
    };
  },
});
