import { confusionMetric } from './confusion-metric.ts';

/**
 * Matthews correlation coefficient.
 *
 * scikit-learn's 0 is kept when all rows have, or are given, the same class: such predictions do not correlate with
 * anything.
 *
 * @example actual a, b, b; predicted a, b, a: (3·2 − (1·2 + 2·1)) / √((9 − 5)(9 − 5)) = 0.5
 */
export const mcc = confusionMetric(
  'mcc',
  ({ size, actual, predicted, correct, total }) => {
    let both = 0;
    let squaredActual = 0;
    let squaredPredicted = 0;
    for (let k = 0; k < size; k++) {
      both += actual[k]! * predicted[k]!;
      squaredActual += actual[k]! ** 2;
      squaredPredicted += predicted[k]! ** 2;
    }
    const spread = (total ** 2 - squaredPredicted) * (total ** 2 - squaredActual);
    return { value: spread === 0 ? 0 : (correct * total - both) / Math.sqrt(spread) };
  },
  { unseen: 'of-each-actual' },
);
