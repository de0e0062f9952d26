import type { MonitorConfig } from '../../config/sections/monitor-section.ts';
import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import { bootstrap } from '../../metrics/intervals/bootstrap.ts';
import type { Estimate } from '../../metrics/intervals/estimate.ts';
import { estimatesOf } from '../../metrics/intervals/estimates.ts';
import { fewestRows, measured } from '../../metrics/intervals/measured.ts';
import type { Metric } from '../../metrics/metric/metric.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import { type JudgedRows, judgedRows } from '../../metrics/rows/judged-rows.ts';
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
   * Most rows that the resamples together may draw, beyond the `least` resamples. Default none: an interval that decides
   * nothing is stretched instead.
   */
  readonly draws?: number;
  /** Resamples at the least, default 1,000. */
  readonly least?: number;
}

const leastResamples = 1000;

/** A metric of labelled rows with its interval at any confidence; of very few rows only the value. */
export type FigureAt = (confidence: number) => Figure;

/**
 * A metric of labelled rows, resampled once for intervals of several confidences: of shares the exact ones, of what is counted in
 * cells by the evaluation's method, else by the percentiles of a bootstrap, stretched where the resamples do not reach.
 *
 * @param settings `confidence`: what the resamples should reach, as far as `draws` allows.
 */
export function metricFigures(
  predictions: Predictions,
  metric: MetricKey,
  { confidence, random, draws = 0, least = leastResamples }: FigureSettings,
): FigureAt {
  const rows = judgedRows(predictions);
  const measure = metricOf(metric);
  const few = rows.count < fewestRows;
  if (measure.interval === 'share' && !few) {
    const settings = { method: 'auto', resamples: 0 } as const;
    const [exact] = estimatesOf({ metrics: [{ metric: measure, rows }], settings, random });
    return (asked) => figureOf(measured(exact!, { confidence: asked, method: 'percentile' }));
  }
  const reach = tailResamples({ rows: rows.count, confidence }, { least, draws });
  const estimate = few
    ? bootstrap({ rows: rows.count, metrics: [measure.weigh(rows)], settings: none, random })[0]!
    : estimateOf(measure, rows, { resamples: reach.resamples, random });
  return (asked) => {
    const reached = Math.min(asked, reach.confidence);
    const figure = figureOf(measured(estimate, { confidence: reached, method: 'percentile' }));
    return atConfidence(figure, reached, asked);
  };
}

const none = { resamples: 0, method: 'percentile' } as const;

/**
 * What is counted in cells (of f-beta, f1-macro, mcc) is drawn with a row that was not seen, as the evaluation does: where all of a window's
 * few positive rows are missed, every plain resample says so as well, as if it were sure.
 */
function estimateOf(
  measure: Metric,
  rows: JudgedRows,
  { resamples, random }: { readonly resamples: number; readonly random: Random },
): Estimate {
  if (measure.sample(rows).kind === 'cells') {
    const settings = { method: 'auto', resamples } as const;
    return estimatesOf({ metrics: [{ metric: measure, rows }], settings, random })[0]!;
  }
  const settings = { resamples, method: 'percentile' } as const;
  return bootstrap({ rows: rows.count, metrics: [measure.weigh(rows)], settings, random })[0]!;
}

/** A metric of labelled rows with its interval; of very few rows only the value. */
export function metricFigure(predictions: Predictions, metric: MetricKey, settings: FigureSettings): Figure {
  return metricFigures(predictions, metric, settings)(settings.confidence);
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
