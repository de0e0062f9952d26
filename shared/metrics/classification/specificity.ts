import { positiveMetric, shareOrReason } from './positive-metric.ts';

/**
 * Specificity: the true negative rate.
 *
 * @example 10 negative rows, 9 of them left alone: 9 / 10
 */
export const specificity = positiveMetric(
  'specificity',
  ({ trueNegatives, falsePositives }, label) =>
    shareOrReason(trueNegatives, trueNegatives + falsePositives, `every row is of class ${label}`),
  {
    trials: ({ trueNegatives, falsePositives }) => ({
      hits: trueNegatives,
      rows: trueNegatives + falsePositives,
    }),
  },
);
