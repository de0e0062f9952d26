import { positiveMetric, shareOrReason } from './positive-metric.ts';

/**
 * Precision of the positive class.
 *
 * @example 3 rows predicted positive, 2 of them rightly: 2 / 3
 */
export const precision = positiveMetric(
  'precision',
  ({ truePositives, falsePositives }, label) =>
    shareOrReason(
      truePositives,
      truePositives + falsePositives,
      `no row is predicted to be of class ${label}`,
    ),
  {
    trials: ({ truePositives, falsePositives }) => ({
      hits: truePositives,
      rows: truePositives + falsePositives,
    }),
  },
);
