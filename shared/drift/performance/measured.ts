import type { MetricName } from '../../config/validate-section.ts';
import { periodsOf } from '../../dataset/period.ts';
import type { TimeColumn } from '../../dataset/window.ts';
import type { Evaluation } from '../../metrics/evaluation.ts';
import type { Predictions } from '../../metrics/predictions.ts';
import { metricOf } from '../../metrics/registry.ts';
import { takePredictions } from '../../metrics/subset.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { number } from '../drift-words.ts';
import { type Limit, limitOf, metricFigure, plain } from './metric-figure.ts';
import type { Performance } from './performance-report.ts';
import { atConfidence, type Figure, relativeTo, unknown, worseBy } from './worse.ts';

/** What a performance is measured from. */
export interface PerformanceInput {
  /** Of the model in production. */
  readonly evaluation: Evaluation;
  /** Of rows that it was not made with, beside what really was. */
  readonly predictions: Predictions;
  /** Event times of these rows. */
  readonly times?: TimeColumn;
  /** Rows whose truth has not come yet. */
  readonly unlabelled: number;
  /** How much worse it may become. */
  readonly limit: Limit;
  /** Chance to call a model degraded that is just at its limit. */
  readonly alpha: number;
  readonly minRows: number;
  readonly seed?: number | string;
}

/** More periods are thinned out from the oldest on. */
const mostPeriods = 60;

/**
 * How the model does on labelled rows, beside its evaluation: the primary metric with a bootstrap interval, how much worse
 * that is with the interval of two independent samples, and the metric over time.
 *
 * It is degraded when the whole interval of the worsening lies above the limit; `alpha` is the chance of that for a model
 * whose true worsening is the limit, so that one that has not changed is called degraded much less often.
 */
export function measurePerformance(input: PerformanceInput): Performance {
  const { evaluation, predictions, unlabelled, alpha, minRows } = input;
  const metric = evaluation.primary as MetricName;
  const { better } = metricOf(metric);
  const confidence = 1 - 2 * alpha;
  const random = createRandom(input.seed ?? 1);
  const rows = predictions.actual.length;
  const own = evaluation.metrics.find(({ name }) => name === metric);
  const reference = atConfidence(own ?? unknown, evaluation.bootstrap.confidence, confidence);
  const head = {
    metric,
    better,
    method: 'labels' as const,
    rows: { reference: evaluation.rows, current: rows, unlabelled },
    reference: plain(reference),
    confidence,
    suspected: false,
    periods: periodsOfMetric(input, metric, confidence, random.fork('periods')),
  };
  const limit = limitOf(input.limit, reference.value);
  if (rows < minRows) {
    return {
      ...head,
      outcome: 'not-enough-data',
      current: unknown,
      worse: unknown,
      'worse-relative': unknown,
      limit,
      degraded: false,
      reasons: [`${rows} labelled rows are not enough; ${minRows} are needed`],
    };
  }
  const current = metricFigure(predictions, metric, confidence, random.fork('current'));
  const worse = worseBy(current, reference, better);
  const degraded = worse.low !== null && limit !== null && worse.low > limit;
  return {
    ...head,
    outcome: 'measured',
    current: plain(current),
    worse: plain(worse),
    'worse-relative': plain(relativeTo(worse, reference.value)),
    limit,
    degraded,
    reasons: reasonsOf({ metric, current, reference, worse, limit, degraded, confidence }),
  };
}

/** The metric in each period of the event time, the newest ones where there are very many. */
function periodsOfMetric(
  { predictions, times }: PerformanceInput,
  metric: MetricName,
  confidence: number,
  random: Random,
): Performance['periods'] {
  if (!times) return [];
  const { codes, names } = periodsOf(times);
  const byPeriod = names.map((): number[] => []);
  for (const [row, code] of codes.entries()) byPeriod[code]!.push(row);
  return names
    .flatMap((period, code) => (byPeriod[code]!.length === 0 ? [] : [{ period, own: byPeriod[code]! }]))
    .slice(-mostPeriods)
    .map(({ period, own }) => {
      const rows = Uint32Array.from(own);
      const figure = metricFigure(
        takePredictions(predictions, rows),
        metric,
        confidence,
        random.fork(period),
      );
      return { period, rows: rows.length, ...plain(figure) };
    });
}

interface Judged {
  readonly metric: string;
  readonly current: Figure;
  readonly reference: Figure;
  readonly worse: Figure;
  readonly limit: number | null;
  readonly degraded: boolean;
  readonly confidence: number;
}

function reasonsOf({ metric, current, reference, worse, limit, degraded, confidence }: Judged): string[] {
  if (current.value === null) return [`${metric} is undefined on these rows`];
  if (reference.value === null || worse.value === null || limit === null) {
    return [`the evaluation has no ${metric} to compare with`];
  }
  const by = Math.abs(worse.value);
  const words = worse.value > 0 ? `worse by ${number(by)}` : `better by ${number(by)}`;
  const interval =
    worse.low === null || worse.high === null
      ? 'no interval: too few rows'
      : `${Number((confidence * 100).toPrecision(3))} % interval of the worsening ${number(worse.low)} to ${number(worse.high)}`;
  const verdict = degraded
    ? `all of it above the limit of ${number(limit)}`
    : `the limit is ${number(limit)}`;
  return [
    `${metric} is ${number(current.value)}, ${words} than the ${number(reference.value)} of its evaluation (${interval}; ${verdict})`,
  ];
}
