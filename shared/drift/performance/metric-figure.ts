import type { MonitorConfig } from '../../config/sections/monitor-section.ts';
import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import { bootstrap } from '../../metrics/intervals/bootstrap.ts';
import { fewestRows, measured } from '../../metrics/intervals/measured.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import { judgedRows } from '../../metrics/rows/judged-rows.ts';
import type { Predictions } from '../../metrics/rows/predictions.ts';
import type { Random } from '../../platform/random.ts';
import { tailResamples } from './tail-resamples.ts';
import { atConfidence, type Figure } from './worse.ts';

/** How much worse a model may become. */
export type Limit = MonitorConfig['performance']['worse-by-at-most'];

/** How the interval of a figure is made. */
export interface FigureSettings {
  readonly confidence: number;
  readonly random: Random;
  /**
   * Most rows that the resamples together may draw, beyond the first 1,000 resamples. Default none: an interval that decides
   * nothing is stretched instead.
   */
  readonly draws?: number;
}

const leastResamples = 1000;

/** A metric of labelled rows with its percentile bootstrap interval; of very few rows only the value. */
export function metricFigure(
  predictions: Predictions,
  metric: MetricKey,
  { confidence, random, draws = 0 }: FigureSettings,
): Figure {
  const rows = judgedRows(predictions);
  const reach = tailResamples({ rows: rows.count, confidence }, { least: leastResamples, draws });
  const [estimate] = bootstrap({
    rows: rows.count,
    metrics: [metricOf(metric).weigh(rows)],
    settings: { resamples: rows.count < fewestRows ? 0 : reach.resamples, method: 'percentile' },
    random,
  });
  const reached = measured(estimate!, { confidence: reach.confidence, method: 'percentile' });
  return atConfidence(figureOf(reached), reach.confidence, confidence);
}

/** The limit in the metric's own units; null where the reference that it is relative to is unknown. */
export function limitOf({ amount, relative }: Limit, reference: number | null): number | null {
  if (!relative) return amount;
  return reference === null ? null : amount * Math.abs(reference);
}

/** A figure and nothing else. */
export function figureOf({ value, low, high }: Figure): Figure {
  return { value, low, high };
}
