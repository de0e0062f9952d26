import { normalQuantile } from '../../algebra/normal-distribution.ts';
import { type TimeColumn, timeText } from '../../dataset/time/window.ts';
import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import type { Predictions } from '../../metrics/rows/predictions.ts';
import { takePredictions } from '../../metrics/rows/subset.ts';
import { createRandom } from '../../platform/random.ts';
import { byCount, counted } from '../../text/counts.ts';
import type { RowDependence } from '../dependence/row-dependence.ts';
import { detectableWorsening } from './detectable-worsening.ts';
import { measuredWords } from './measured-words.ts';
import { figureOf, type Limit, limitOf, metricFigure } from './metric-figure.ts';
import type { Performance } from './performance-report.ts';
import { referenceFigure } from './reference-figure.ts';
import { rowsPerIndependent } from './rows-per-independent.ts';
import { type FoundWindow, type ScanInput, scanForChange, shownConfidence, widthsOf } from './scan.ts';
import { shownPeriods } from './shown-periods.ts';
import { atConfidence, type Figure, stretched, unknownFigure } from './worse.ts';
import { worsening } from './worsening.ts';

/** What a performance is measured from. */
export interface PerformanceInput {
  /** Of the model in production. */
  readonly evaluation: Evaluation;
  /** Of rows that it was not made with, beside what really was. */
  readonly predictions: Predictions;
  /** Event times of these rows: by their order it is looked for when the model got worse. */
  readonly times?: TimeColumn;
  /** How these rows hang together. Default: they do not. */
  readonly dependence?: RowDependence;
  /** Rows whose truth has not come yet. */
  readonly unlabelled: number;
  /** How much worse it may become. */
  readonly limit: Limit;
  /** Chance that any look at a model that has not changed calls it degraded, however many looks there are. */
  readonly alpha: number;
  readonly minRows: number;
  readonly seed?: number | string;
}

/**
 * How the model does on labelled rows, beside its evaluation: the primary metric with a bootstrap interval, how much worse
 * that is with the interval of two independent samples, and the metric over time.
 *
 * It is degraded when a scan over the event time finds rows since which it is worse than its evaluation says, and by more than
 * the limit ({@link scanForChange}). Where it finds none, the report says from which worsening on it would.
 */
export function measurePerformance(input: PerformanceInput): Performance {
  const { predictions, evaluation, minRows } = input;
  const rows = predictions.actual.length;
  const scan = scanOf(input);
  const { metric } = scan;
  const head = {
    metric,
    better: metricOf(metric).better,
    method: 'labels' as const,
    rows: { reference: evaluation.rows, current: rows, unlabelled: input.unlabelled },
    reference: figureOf(scan.reference),
    confidence: shownConfidence,
    suspected: false,
  };
  if (rows < minRows) {
    return {
      ...head,
      periods: periodsOfMetric(input, scan, []),
      outcome: 'not-enough-data',
      current: unknownFigure,
      worse: unknownFigure,
      'worse-relative': unknownFigure,
      limit: limitOf(input.limit, head.reference.value),
      degraded: false,
      reasons: [
        `${counted(rows, 'labelled row')} ${byCount(rows, 'is', 'are')} not enough; ${minRows} are needed`,
      ],
    };
  }
  const found = scanForChange(scan);
  // Where it is worse since the first row, all rows have one figure and one interval: those that decided.
  const whole = found?.rows.length === rows ? found : undefined;
  const current = whole?.current ?? currentOf(scan);
  const reference = referenceFigure(metricOf(metric), scan.reference, { ...current, rows });
  const all =
    whole?.worsening ?? worsening({ current, reference }, { better: head.better, limit: input.limit });
  const known = [
    { rows: Uint32Array.from({ length: rows }, (_, row) => row), figure: current },
    ...(found ? [{ rows: found.rows.toSorted(), figure: found.current }] : []),
  ];
  const independent = Math.floor(rows / scan.rowsPerIndependent);
  const performance = {
    ...head,
    periods: periodsOfMetric(input, scan, known),
    outcome: 'measured' as const,
    current,
    worse: all.worse,
    'worse-relative': all.share,
    limit: all.limit,
    ...(all.shareLimit === undefined ? {} : { 'limit-relative': all.shareLimit }),
    detectable: detectableOf(scan, { current, reference }, independent >= minRows),
    ...(independent < rows ? { 'effective-rows': independent } : {}),
    ...(found ? { since: sinceOf(found, input.times) } : {}),
    degraded: found !== undefined,
  };
  return { ...performance, ...measuredWords(performance) };
}

/** What is scanned: the rows and the evaluation, with how many rows count as one. */
export function scanOf(input: PerformanceInput): ScanInput {
  const { evaluation, predictions, times, limit, alpha, minRows } = input;
  const metric = evaluation.primary as MetricKey;
  const own = evaluation.metrics.find(({ name }) => name === metric) ?? unknownFigure;
  const perRow = rowsPerIndependent(predictions, metric, input.dependence);
  const figure = atConfidence(figureOf(own), evaluation.bootstrap.confidence, shownConfidence);
  const reference = { ...stretched(figure, Math.sqrt(perRow)), rows: evaluation.rows };
  return {
    ...{ predictions, times, metric, reference, limit, alpha },
    fewest: minRows,
    rowsPerIndependent: perRow,
    random: createRandom(input.seed ?? 1),
  };
}

function currentOf({ predictions, metric, random, rowsPerIndependent: perRow }: ScanInput): Figure {
  const settings = { confidence: shownConfidence, random: random.fork('current') };
  return stretched(metricFigure(predictions, metric, settings), Math.sqrt(perRow));
}

/** The smallest worsening of all labelled rows that would be found; none where too few of them are independent. */
function detectableOf(
  scan: ScanInput,
  { current, reference }: { readonly current: Figure; readonly reference: Figure },
  enough: boolean,
): Performance['detectable'] {
  const seen = scan.predictions.actual.length;
  const worse = enough
    ? detectableWorsening({
        metric: metricOf(scan.metric),
        ...{ current, reference },
        width: normalQuantile((1 + shownConfidence) / 2),
        limit: scan.limit,
        widths: widthsOf(scan, { rows: seen, seen }),
      })
    : null;
  const size = Math.abs(reference.value ?? 0);
  return { worse, relative: worse === null || size === 0 ? null : worse / size };
}

function sinceOf(found: FoundWindow, times: TimeColumn | undefined): NonNullable<Performance['since']> {
  const { from, rows, current, worsening: by, atLeast } = found;
  return {
    ...(from === undefined || !times ? {} : { from: timeText(from, times) }),
    rows: rows.length,
    current,
    worse: by.worse,
    'worse-relative': by.share,
    'at-least': { worse: atLeast.worse, relative: atLeast.share },
  };
}

/** Figures of rows, in ascending order, that are shown beside the periods. */
interface KnownFigure {
  readonly rows: Uint32Array;
  readonly figure: Figure;
}

/** The metric over time, with intervals as long as that of all rows is; a period of rows that have a figure has that one. */
function periodsOfMetric(
  { predictions, times, minRows }: PerformanceInput,
  { metric, random, rowsPerIndependent: perRow }: ScanInput,
  known: readonly KnownFigure[],
): Performance['periods'] {
  if (!times) return [];
  return shownPeriods(times, minRows).map(({ period, rows }) => {
    const same = known.find(
      (one) => one.rows.length === rows.length && one.rows.every((row, i) => row === rows[i]),
    );
    const settings = { confidence: shownConfidence, random: random.fork('periods').fork(period) };
    const own = () =>
      stretched(metricFigure(takePredictions(predictions, rows), metric, settings), Math.sqrt(perRow));
    return { period, rows: rows.length, ...(same?.figure ?? own()) };
  });
}
