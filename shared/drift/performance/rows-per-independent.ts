import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import type { Predictions } from '../../metrics/rows/predictions.ts';
import { autocorrelationTime } from '../dependence/autocorrelation-time.ts';
import { designEffect } from '../dependence/design-effect.ts';
import type { RowDependence } from '../dependence/row-dependence.ts';
import { rowLosses } from './row-losses.ts';

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
