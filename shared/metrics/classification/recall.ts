import { positiveMetric, shareOrReason } from './positive-metric.ts';

/**
 * Recall of the positive class: sensitivity, the true positive rate.
 *
 * @example 4 positive rows, 2 of them found: 2 / 4
 */
export const recall = positiveMetric(
  'recall',
  ({ truePositives, falseNegatives }, label) =>
    shareOrReason(truePositives, truePositives + falseNegatives, `no row is of class ${label}`),
  {
    trials: ({ truePositives, falseNegatives }) => ({
      hits: truePositives,
      rows: truePositives + falseNegatives,
    }),
  },
);
