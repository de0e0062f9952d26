import type { TimeColumn } from '../../dataset/time/window.ts';
import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { byCount, counted } from '../../text/counts.ts';
import { plainNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { expectedClassMetric } from './estimated-classes.ts';
import { errorMetrics, expectedError, outsideShare } from './estimated-errors.ts';
import { estimatedFigure, takePredicted, type WeightedEstimate } from './estimated-figure.ts';
import { estimatedWords } from './estimated-words.ts';
import { figureOf, type Limit, limitOf } from './metric-figure.ts';
import type { Performance } from './performance-report.ts';
import type { Predicted } from './prediction-column.ts';
import { shownPeriods } from './shown-periods.ts';
import { atConfidence, type Figure, unknownFigure } from './worse.ts';
import { worsening } from './worsening.ts';

/** What a performance is estimated from. */
export interface EstimateInput {
  /** Of the model in production, with what its predictions were worth on the test rows. */
  readonly evaluation: Evaluation;
  readonly predictions: Predicted;
  /** Event times of these rows. */
  readonly times?: TimeColumn;
  /** How many of these rows have a label, too few to measure by. */
  readonly labelled: number;
  readonly limit: Limit;
  /** One-sided, of the intervals. */
  readonly alpha: number;
  readonly minRows: number;
  readonly seed?: number | string;
}

interface Estimator {
  readonly method: NonNullable<Performance['method']>;
  readonly of: (predictions: Predicted) => WeightedEstimate;
  /** What is to be known of this estimate. */
  readonly notes: readonly string[];
}

/**
 * How the model probably does on rows without labels: the primary metric that is expected when what its predictions were
 * worth on the test rows still holds. Classifiers by {@link expectedClassMetric}, regressions by {@link expectedError}.
 *
 * An estimate never says "degraded": where the whole interval of the worsening lies above the limit it is `suspected`. The
 * interval takes the estimate and the evaluation for independent; both come from the same test rows, so it is rather long.
 */
export function estimatePerformance(input: EstimateInput): Performance {
  const { evaluation, predictions, alpha, minRows } = input;
  const metric = evaluation.primary as MetricKey;
  const { better } = metricOf(metric);
  const confidence = 1 - 2 * alpha;
  const rows = predictions.predicted.length;
  const own = evaluation.metrics.find(({ name }) => name === metric);
  const reference = figureOf(atConfidence(own ?? unknownFigure, evaluation.bootstrap.confidence, confidence));
  const head = {
    metric,
    better,
    rows: { reference: evaluation.rows, current: rows, unlabelled: rows - input.labelled },
    reference,
    limit: limitOf(input.limit, reference.value),
    confidence,
    degraded: false,
  };
  const none = {
    current: unknownFigure,
    worse: unknownFigure,
    'worse-relative': unknownFigure,
    suspected: false,
    periods: [],
  };
  if (rows < minRows) {
    const reasons = [`${rows} rows are not enough to estimate ${metric}; ${minRows} are needed`];
    return { ...head, ...none, outcome: 'not-enough-data', reasons };
  }
  const estimator = estimatorOf(evaluation, predictions, metric);
  if (typeof estimator === 'string') {
    return { ...head, ...none, outcome: 'not-available', reasons: [estimator] };
  }
  const random = createRandom(input.seed ?? 1).fork('estimate');
  const current = estimatedFigure(predictions, estimator.of, { confidence, random });
  const found = worsening({ current, reference }, { better, limit: input.limit });
  const undecided =
    current.value === null
      ? `the estimate of ${metric} is undefined on these rows`
      : `${metric} is estimated at ${plainNumber(current.value)}; the evaluation has none to compare with`;
  return {
    ...head,
    outcome: 'estimated',
    method: estimator.method,
    current,
    worse: found.worse,
    'worse-relative': found.share,
    ...(found.shareLimit === undefined ? {} : { 'limit-relative': found.shareLimit }),
    suspected: found.over,
    periods: periodsOfEstimate(input, estimator, {
      confidence,
      random: random.fork('periods'),
      all: current,
    }),
    reasons: [
      (found.worse.value === null
        ? undefined
        : estimatedWords({
            ...{ metric, current, reference, confidence, worse: found.worse, suspected: found.over },
            'worse-relative': found.share,
            limit: found.limit,
            ...(found.shareLimit === undefined ? {} : { 'limit-relative': found.shareLimit }),
          })) ?? undecided,
      ...(input.labelled > 0
        ? [
            `${counted(input.labelled, 'label')} ${byCount(input.labelled, 'is', 'are')} too few to measure it; ${minRows} are needed`,
          ]
        : []),
      ...estimator.notes,
    ],
  };
}

/** @returns why there is none, in words, where there is none. */
function estimatorOf(evaluation: Evaluation, predictions: Predicted, metric: MetricKey): Estimator | string {
  const assumed =
    'it assumes that features and target go together as they did in the evaluation, and sees no change of that';
  if (predictions.task === 'regression') {
    const bins = evaluation.uncertainty?.errors;
    const known = errorMetrics.find((name) => name === metric);
    if (!known)
      return `${metric} cannot be estimated without labels; of a regression ${errorMetrics.join(' and ')} can`;
    if (!bins)
      return 'the evaluation does not say how large errors are: judge the model again with this version';
    const outside = outsideShare(predictions.predicted, bins);
    const beyond = `${measuredShare(outside)} of the predictions lie outside those of the evaluation, where nothing is known of the errors`;
    return {
      method: 'error-model',
      of: (some) => expectedError((some as typeof predictions).predicted, bins, known),
      notes: [assumed, ...(outside > 0 ? [beyond] : [])],
    };
  }
  const maps = evaluation.calibrationMaps;
  if (!predictions.probabilities)
    return 'without labels an estimate needs probabilities, which the model does not give';
  if (!maps)
    return 'the evaluation does not say what probabilities are worth: judge the model again with this version';
  if (!expectedClassMetric({ ...predictions, probabilities: predictions.probabilities }, maps, metric)) {
    return `${metric} cannot be estimated without labels: the estimate takes the calibration for granted`;
  }
  return {
    method: 'cbpe',
    of: (some) => expectedClassMetric(some as Parameters<typeof expectedClassMetric>[0], maps, metric)!,
    notes: [assumed],
  };
}

function periodsOfEstimate(
  { predictions, times, minRows }: EstimateInput,
  { of }: Estimator,
  { confidence, random, all }: { readonly confidence: number; readonly random: Random; readonly all: Figure },
): Performance['periods'] {
  if (!times) return [];
  return shownPeriods(times, minRows).map(({ period, rows }) => {
    const settings = { confidence, random: random.fork(period), draws: 0 };
    const figure =
      rows.length === predictions.predicted.length
        ? all
        : estimatedFigure(takePredicted(predictions, rows), of, settings);
    return { period, rows: rows.length, ...figure };
  });
}
