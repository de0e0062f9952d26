import type { TimeColumn } from '../../dataset/time/window.ts';
import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import type { Predictions } from '../../metrics/rows/predictions.ts';
import { takePredictions } from '../../metrics/rows/subset.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { byCount, counted } from '../../text/counts.ts';
import { figureOf, type Limit, limitOf, metricFigure } from './metric-figure.ts';
import type { Performance } from './performance-report.ts';
import { repeatedConfidence } from './repeated-looks.ts';
import { shownPeriods } from './shown-periods.ts';
import { atConfidence, unknownFigure } from './worse.ts';
import { worsening, worseningWords } from './worsening.ts';

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
  /** Chance that any look at a model that is just at its limit calls it degraded, however many looks there are. */
  readonly alpha: number;
  readonly minRows: number;
  readonly seed?: number | string;
}

/** Most rows that the resamples of the interval that decides may draw: a few seconds' worth. */
const mostDraws = 2e8;

/**
 * How the model does on labelled rows, beside its evaluation: the primary metric with a bootstrap interval, how much worse
 * that is with the interval of two independent samples, and the metric over time.
 *
 * It is degraded when the whole interval of the worsening lies above the limit. The rows of one look are those of the next and
 * more, so the intervals are as long as {@link repeatedConfidence} says: `alpha` is the chance that any look at a model whose
 * true worsening is the limit says so; one that has not changed is called degraded much less often.
 */
export function measurePerformance(input: PerformanceInput): Performance {
  const { evaluation, predictions, unlabelled, alpha, minRows } = input;
  const metric = evaluation.primary as MetricKey;
  const { better } = metricOf(metric);
  const confidence = repeatedConfidence({ alpha, reference: evaluation.rows, fewest: minRows });
  const random = createRandom(input.seed ?? 1);
  const rows = predictions.actual.length;
  const own = evaluation.metrics.find(({ name }) => name === metric);
  const reference = atConfidence(own ?? unknownFigure, evaluation.bootstrap.confidence, confidence);
  const head = {
    metric,
    better,
    method: 'labels' as const,
    rows: { reference: evaluation.rows, current: rows, unlabelled },
    reference: figureOf(reference),
    confidence,
    suspected: false,
    periods: periodsOfMetric(input, metric, confidence, random.fork('periods')),
  };
  if (rows < minRows) {
    return {
      ...head,
      outcome: 'not-enough-data',
      current: unknownFigure,
      worse: unknownFigure,
      'worse-relative': unknownFigure,
      limit: limitOf(input.limit, reference.value),
      degraded: false,
      reasons: [
        `${counted(rows, 'labelled row')} ${byCount(rows, 'is', 'are')} not enough; ${minRows} are needed`,
      ],
    };
  }
  const current = metricFigure(predictions, metric, {
    confidence,
    random: random.fork('current'),
    draws: mostDraws,
  });
  const found = worsening({ current, reference }, { better, limit: input.limit });
  const undecided =
    current.value === null
      ? `${metric} is undefined on these rows`
      : `the evaluation has no ${metric} to compare with`;
  return {
    ...head,
    outcome: 'measured',
    current,
    worse: found.worse,
    'worse-relative': found.share,
    limit: found.limit,
    ...(found.shareLimit === undefined ? {} : { 'limit-relative': found.shareLimit }),
    degraded: found.over,
    reasons: [
      worseningWords({ ...found, metric, current, reference, confidence, estimated: false }) ?? undecided,
    ],
  };
}

function periodsOfMetric(
  { predictions, times, minRows }: PerformanceInput,
  metric: MetricKey,
  confidence: number,
  random: Random,
): Performance['periods'] {
  if (!times) return [];
  return shownPeriods(times, minRows).map(({ period, rows }) => {
    const settings = { confidence, random: random.fork(period) };
    const figure = metricFigure(takePredictions(predictions, rows), metric, settings);
    return { period, rows: rows.length, ...figure };
  });
}
