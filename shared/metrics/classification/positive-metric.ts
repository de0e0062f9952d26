import { positiveClass, positiveCode } from '../../dataset/schema/positive-class.ts';
import type { ClassificationMetricName } from '../descriptors/descriptors.ts';
import { classificationMetric, type Metric, type MetricValue } from '../metric/metric.ts';

/** Rows by whether they are of the positive class, and are predicted to be. */
export interface PositiveCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** A metric of the positive class of a binary task, from its counts; the label is for the reason why there is none. */
export function positiveMetric<Name extends ClassificationMetricName<'labels'>>(
  name: Name,
  of: (counts: PositiveCounts, label: string) => MetricValue,
): Metric<Name> {
  return classificationMetric({
    name,
    weigh(rows) {
      const code = positiveCode(rows)!;
      const label = JSON.stringify(positiveClass(rows));
      return (weights) => {
        const { cells, actual, predicted, total } = rows.confusion.at(weights);
        const truePositives = cells[code * 3]!;
        const falsePositives = predicted[code]! - truePositives;
        const falseNegatives = actual[code]! - truePositives;
        const trueNegatives = total - truePositives - falsePositives - falseNegatives;
        return of({ truePositives, falsePositives, falseNegatives, trueNegatives }, label);
      };
    },
  });
}

/** A share, or why there is none: scikit-learn's `zero_division=nan`. */
export function shareOrReason(part: number, whole: number, reason: string): MetricValue {
  return whole > 0 ? { value: part / whole } : { undefined: reason };
}
