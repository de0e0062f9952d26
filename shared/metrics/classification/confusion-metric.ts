import type { MetricName } from '../../config/validate-section.ts';
import { type Better, classificationMetric, type Metric, type MetricValue } from '../metric.ts';
import type { ConfusionMatrix } from './confusion.ts';

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
