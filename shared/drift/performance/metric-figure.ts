import type { MonitorConfig } from '../../config/monitor-section.ts';
import type { MetricName } from '../../config/validate-section.ts';
import { bootstrap } from '../../metrics/bootstrap.ts';
import { judgedRows } from '../../metrics/judged-rows.ts';
import { fewestRows, measured } from '../../metrics/measured.ts';
import type { Predictions } from '../../metrics/predictions.ts';
import { metricOf } from '../../metrics/registry.ts';
import type { Random } from '../../platform/random.ts';
import type { Figure } from './worse.ts';

/** How much worse a model may become. */
export type Limit = MonitorConfig['performance']['worse-by-at-most'];

const resamples = 1000;

/** A metric of labelled rows with its percentile bootstrap interval; of very few rows the value alone. */
export function metricFigure(
  predictions: Predictions,
  metric: MetricName,
  confidence: number,
  random: Random,
): Figure {
  const rows = judgedRows(predictions);
  const [estimate] = bootstrap({
    rows: rows.count,
    metrics: [metricOf(metric).weigh(rows)],
    settings: { resamples: rows.count < fewestRows ? 0 : resamples, method: 'percentile' },
    random,
  });
  return plain(measured(estimate!, { confidence, method: 'percentile' }));
}

/** The limit in the metric's own units; null where the reference that it is relative to is unknown. */
export function limitOf({ amount, relative }: Limit, reference: number | null): number | null {
  if (!relative) return amount;
  return reference === null ? null : amount * Math.abs(reference);
}

/** A figure and nothing else. */
export function plain({ value, low, high }: Figure): Figure {
  return { value, low, high };
}
