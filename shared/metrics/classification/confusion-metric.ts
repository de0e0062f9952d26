import type { MetricName } from '../../config/sections/validate-section.ts';
import { type Better, classificationMetric, type Metric, type MetricValue } from '../metric/metric.ts';
import type { ConfusionMatrix } from '../rows/confusion.ts';

/** A metric that needs no more than the confusion matrix. */
export function confusionMetric(
  name: MetricName,
  better: Better,
  of: (matrix: ConfusionMatrix) => MetricValue,
): Metric {
  return classificationMetric({
    name,
    better,
    weigh: (rows) => (weights) => of(rows.confusion.at(weights)),
  });
}
