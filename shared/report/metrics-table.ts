import type { Evaluation } from '../metrics/evaluation/evaluation.ts';
import type { MetricResult } from '../metrics/evaluation/metric-result.ts';
import { comparedValueText } from '../metrics/evaluation/newer-rows-words.ts';
import { formatEstimate, formatInterval } from '../text/number-format.ts';
import { clipText, visibleText } from '../text/visible-text.ts';
import { gainOutcome } from './evaluation/gain.ts';
import { metricUnit } from './metric-words.ts';

/** One metric in words; what is not there is an empty text. */
export interface MetricRow {
  /** `rmse (mpg)`. */
  readonly metric: string;
  /** `2.87`, or `undefined: one class only`. */
  readonly value: string;
  /** `2.46 to 3.31`. */
  readonly interval: string;
  readonly champion: string;
  /** `better by 0.21`, `worse by 0.03`, `no clear difference`. */
  readonly gain: string;
  readonly baseline: string;
}

/** The metrics in the report's numbers, the primary one first. */
export function metricRows(evaluation: Evaluation): MetricRow[] {
  const isPrimary = (metric: MetricResult) => Number(metric.name === evaluation.primary);
  return evaluation.metrics
    .toSorted((a, b) => isPrimary(b) - isPrimary(a))
    .map((metric) => rowOf(metric, evaluation));
}

function rowOf(metric: MetricResult, evaluation: Evaluation): MetricRow {
  const unit = metricUnit(metric.name, evaluation.unit);
  const beside = (value: number | null | undefined) =>
    value === undefined || value === null ? '' : formatEstimate({ ...metric, value });
  return {
    metric: unit === undefined ? metric.name : `${metric.name} (${clipText(visibleText(unit), 20)})`,
    value:
      metric.value === null
        ? `undefined: ${visibleText(metric.reason ?? 'no reason was given')}`
        : formatEstimate(metric),
    interval: metric.low === null || metric.high === null ? '' : formatInterval(metric.low, metric.high),
    champion: metric.champion?.value == null ? '' : comparedValueText(metric, metric.champion.value),
    gain:
      metric.champion && metric.champion.gain.value !== null ? gainOutcome(metric.champion.gain).phrase : '',
    baseline: beside(metric.baseline),
  };
}
