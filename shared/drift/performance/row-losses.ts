import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import type { Predictions } from '../../metrics/rows/predictions.ts';
import { autocorrelationTime } from '../dependence/autocorrelation-time.ts';
import { designEffect } from '../dependence/design-effect.ts';
import type { RowDependence } from '../dependence/row-dependence.ts';

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

/**
 * How many rows say as much about the metric as one independent row: by the order of their times the autocorrelation time of
 * the losses, by groups their design effect; 1 where neither is known.
 */
export function rowsPerIndependent(
  predictions: Predictions,
  metric: MetricKey,
  dependence: RowDependence | undefined,
): number {
  if (!dependence || dependence.of === 'unknown') return 1;
  const losses = rowLosses(predictions, metric);
  if (losses.some((loss) => !Number.isFinite(loss))) return 1;
  if (dependence.of === 'group') return designEffect([losses], dependence.groups);
  return autocorrelationTime([Float64Array.from(dependence.order, (row) => losses[row]!)]);
}
