import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import type { Predictions } from '../../metrics/rows/predictions.ts';

/** A number by row that says how bad its prediction is: what rows that depend on each other are alike in. */
export function rowLosses(predictions: Predictions, metric: MetricKey): Float64Array {
  const { actual, predicted } = predictions;
  if (predictions.task === 'regression') {
    const signed = metricOf(metric).better === 'zero';
    return Float64Array.from(actual, (value, row) => {
      const error = value - predicted[row]!;
      return signed ? error : Math.abs(error);
    });
  }
  const { probabilities, classes } = predictions;
  if (probabilities && metricOf(metric).reads === 'probabilities') {
    return Float64Array.from(actual, (code, row) => 1 - probabilities[row * classes.length + code]!);
  }
  return Float64Array.from(actual, (code, row) => Number(code !== predicted[row]));
}
