import { confusionMetric } from './confusion-metric.ts';

/**
 * Cohen's kappa.
 *
 * Undefined when every row has and is given the same class, where chance always agrees.
 *
 * @example actual a, b, b; predicted a, b, a: (2/3 − 4/9) / (1 − 4/9) = 0.4
 */
export const cohenKappa = confusionMetric(
  'cohen-kappa',
  (matrix) => {
    const { size, actual, predicted, correct, total } = matrix;
    let both = 0;
    for (let k = 0; k < size; k++) both += actual[k]! * predicted[k]!;
    const disagreement = total ** 2 - both;
    if (disagreement === 0) return { undefined: 'every row has, and is given, the same class' };
    return { value: (correct * total - both) / disagreement };
  },
  { unseen: 'of-each-actual' },
);
