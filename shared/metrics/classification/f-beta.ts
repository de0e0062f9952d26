import type { Metric } from '../metric/metric.ts';
import { type PositiveShare, positiveMetric, shareOrReason } from './positive-metric.ts';

/**
 * F-beta of the positive class.
 *
 * Undefined when no row is, or is predicted to be, of the class; 0 when some are and none of them rightly.
 *
 * @param beta positive.
 * @example beta 2; 2 true positives, 1 false positive, 2 false negatives: 10 / (10 + 8 + 1) = 0.526
 */
export function fBeta<Name extends 'f1' | 'f-beta'>(name: Name, beta: number): Metric<Name> {
  const square = beta ** 2;
  return positiveMetric(
    name,
    ({ truePositives, falsePositives, falseNegatives }, label) => {
      const hits = (1 + square) * truePositives;
      const whole = hits + square * falseNegatives + falsePositives;
      return shareOrReason(hits, whole, `no row is, or is predicted to be, of class ${label}`);
    },
    beta === 1 ? rightOfPositives : undefined,
  );
}

/** F1 is 2 J / (1 + J) of the share J that is right among the rows that are, or are predicted to be, of the class. */
const rightOfPositives: PositiveShare = {
  trials: ({ truePositives, falsePositives, falseNegatives }) => ({
    hits: truePositives,
    rows: truePositives + falsePositives + falseNegatives,
  }),
  ofShare: (share) => (2 * share) / (1 + share),
};
