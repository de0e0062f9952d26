import type { ClassificationMetricName } from '../descriptors/descriptors.ts';
import {
  classificationMetric,
  type Metric,
  type MetricValue,
  type WeightedMetric,
} from '../metric/metric.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';

const absent: MetricValue = { undefined: 'the predictions have no probabilities' };

/** A metric of probabilities, which is undefined where a framework gave labels only. */
export function probabilityMetric<Name extends ClassificationMetricName<'probabilities'>>(
  name: Name,
  weigh: (rows: ClassifiedRows, probabilities: Float64Array) => WeightedMetric,
): Metric<Name> {
  return classificationMetric({
    name,
    weigh: (rows) => (rows.probabilities ? weigh(rows, rows.probabilities) : () => absent),
  });
}

/** The class of the largest probability of a row; of equals the first. */
export function likeliestClass(probabilities: Float64Array, classes: number, row: number): number {
  const start = row * classes;
  let best = 0;
  for (let k = 1; k < classes; k++) if (probabilities[start + k]! > probabilities[start + best]!) best = k;
  return best;
}
