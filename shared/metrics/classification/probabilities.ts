import type { MetricValue, WeightedMetric } from '../metric/metric.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';

const absent: MetricValue = { undefined: 'the predictions have no probabilities' };

/** A metric of probabilities, which is undefined where a framework gave labels only. */
export function withProbabilities(
  rows: ClassifiedRows,
  weigh: (probabilities: Float64Array) => WeightedMetric,
): WeightedMetric {
  return rows.probabilities ? weigh(rows.probabilities) : () => absent;
}

/** The class of the largest probability of a row; of equals the first. */
export function likeliestClass(probabilities: Float64Array, classes: number, row: number): number {
  const start = row * classes;
  let best = 0;
  for (let k = 1; k < classes; k++) if (probabilities[start + k]! > probabilities[start + best]!) best = k;
  return best;
}
