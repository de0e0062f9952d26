// The metrics of classifiers, a file each (formula and source stand in the descriptors), and what a report shows of
// classes.
import type { ClassificationMetricName } from '../descriptors/descriptors.ts';
import { classificationMetric, type Metric, type MetricValue } from '../metric/metric.ts';
import type { ConfusionMatrix } from '../rows/confusion.ts';

/** A metric that needs no more than the confusion matrix. */
export function confusionMetric<Name extends ClassificationMetricName<'labels'>>(
  name: Name,
  of: (matrix: ConfusionMatrix) => MetricValue,
): Metric<Name> {
  return classificationMetric({ name, weigh: (rows) => (weights) => of(rows.confusion.at(weights)) });
}
