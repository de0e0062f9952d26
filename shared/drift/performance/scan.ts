import type { TimeColumn } from '../../dataset/time/window.ts';
import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import { judgedRows } from '../../metrics/rows/judged-rows.ts';
import type { Predictions } from '../../metrics/rows/predictions.ts';
import { onceEach } from '../../metrics/rows/row-weights.ts';
import { takePredictions } from '../../metrics/rows/subset.ts';
import type { Random } from '../../platform/random.ts';
import { type FigureAt, type Limit, metricFigures } from './metric-figure.ts';
import { type FigureOfRows, referenceFigure } from './reference-figure.ts';
import { confidenceOf, scanWidth } from './scan-width.ts';
import { type ScannedWindow, scannedWindows } from './scanned-windows.ts';
import { atConfidence, type Figure, stretched, unknownFigure } from './worse.ts';
import { type Worsening, worsening } from './worsening.ts';

/** Chance that a model whose true worsening is just the limit is ever said to be beyond it. */
const limitAlpha = 1 / 3;
/** Of the intervals that are shown. */
export const shownConfidence = 0.95;
/** Confidence that the resamples reach; further out an interval is stretched as a normal distribution's. */
const reached = 0.99;
/** Most rows that the resamples of a window may draw: about a second's worth. */
const mostDraws = 1e8;

/**
 * A first look at a window has so many resamples, and asks for this part of what decides: its standard errors are off by a
 * tenth, so that what it rules out would not be found by more.
 */
const firstLook = { confidence: 0.68, least: 200, part: 0.6 } as const;

/** What is scanned, and against what. */
export interface ScanInput {
  readonly predictions: Predictions;
  readonly times: TimeColumn | undefined;
  readonly metric: MetricKey;
  /** The evaluation's figure, its interval of {@link shownConfidence}. */
  readonly reference: FigureOfRows;
  readonly limit: Limit;
  /** Chance that a model that has not changed is ever found worse, over all windows of all looks. */
  readonly alpha: number;
  readonly fewest: number;
  /** How many rows say as much as one independent row, at least 1. */
  readonly rowsPerIndependent: number;
  readonly random: Random;
}

/** How far an interval must reach for either thing that is said: standard errors. */
export interface ScanWidths {
  /** That the model is worse at all. */
  readonly worse: number;
  /** That it is worse than the limit allows. */
  readonly beyond: number;
}

/** Rows on which the model is surely worse than its evaluation, by more than the limit. */
export interface FoundWindow extends ScannedWindow {
  readonly current: Figure;
  readonly worsening: Worsening;
  /** How much worse it is at the least, whenever and however often one looks: in the metric's unit, and as a share. */
  readonly atLeast: { readonly worse: number; readonly share: number | null };
}

/**
 * Looks for a change point after which the model is worse than its evaluation says. A window of the newest rows is found
 * where two things hold: it is worse at all, of which the scan is wrong with at most `alpha` over the whole life of a version;
 * and it is worse than the limit allows, of which it is wrong with at most a third for a model that is just at the limit. Both have
 * the interval of two independent samples, so the evaluation counts as uncertain too; of several windows it is the
 * clearest one.
 */
export function scanForChange(input: ScanInput): FoundWindow | undefined {
  const { predictions, times, metric, fewest, rowsPerIndependent } = input;
  const windows = scannedWindows(predictions.actual.length, times, Math.ceil(fewest * rowsPerIndependent));
  let found: { readonly window: FoundWindow; readonly clearness: number } | undefined;
  for (const window of windows) {
    const some = takePredictions(predictions, window.rows);
    if (!mayBeBeyond(some, input)) continue;
    const random = input.random.fork(`last ${window.rows.length}`);
    const first = metricFigures(some, metric, { ...firstLook, random: random.fork('first') });
    if (!judgeWindow(input, window, { figures: first, part: firstLook.part })) continue;
    const figures = metricFigures(some, metric, { confidence: reached, random, draws: mostDraws });
    const judged = judgeWindow(input, window, { figures, part: 1 });
    if (judged && (!found || judged.clearness > found.clearness)) found = judged;
  }
  return found?.window;
}

/** What has no worse value than the limit allows has no interval above it: nothing need be resampled. */
function mayBeBeyond(predictions: Predictions, { metric, reference, limit }: ScanInput): boolean {
  const rows = judgedRows(predictions);
  const value = metricOf(metric).weigh(rows)(onceEach(rows.count));
  if (!('value' in value)) return false;
  const figures = {
    current: { ...unknownFigure, value: value.value },
    reference: { ...unknownFigure, value: reference.value },
  };
  const { worse, limit: own } = worsening(figures, { better: metricOf(metric).better, limit });
  return worse.value !== null && own !== null && worse.value > own;
}

/** How far the intervals of a window must reach, by its place among all windows. */
export function widthsOf(
  {
    alpha,
    reference,
    fewest,
    rowsPerIndependent,
  }: Pick<ScanInput, 'alpha' | 'reference' | 'fewest' | 'rowsPerIndependent'>,
  { rows, seen }: { readonly rows: number; readonly seen: number },
): ScanWidths {
  const place = {
    reference: reference.rows / rowsPerIndependent,
    fewest,
    rows: rows / rowsPerIndependent,
    seen: seen / rowsPerIndependent,
  };
  return {
    worse: scanWidth({ alpha, ...place }),
    beyond: scanWidth({ alpha: Math.max(alpha, limitAlpha), ...place }),
  };
}

function judgeWindow(
  input: ScanInput,
  window: ScannedWindow,
  { figures: independent, part }: { readonly figures: FigureAt; readonly part: number },
): { readonly window: FoundWindow; readonly clearness: number } | undefined {
  const { better } = metricOf(input.metric);
  const { limit, rowsPerIndependent } = input;
  const place = { rows: window.rows.length, seen: input.predictions.actual.length };
  const figures: FigureAt = (at) => stretched(independent(at), Math.sqrt(rowsPerIndependent));
  const widths = widthsOf(input, place);
  const current = figures(shownConfidence);
  const reference = referenceFigure(metricOf(input.metric), input.reference, {
    ...current,
    rows: place.rows,
  });
  const at = (confidence: number, bound: Limit): Worsening =>
    worsening(
      { current: figures(confidence), reference: atConfidence(reference, shownConfidence, confidence) },
      { better, limit: bound },
    );
  const any = at(confidenceOf(part * widths.worse), { amount: 0, relative: limit.relative });
  if (!any.over || !at(confidenceOf(part * widths.beyond), limit).over) return undefined;
  const shown = at(shownConfidence, limit);
  const { value, low } = shown.worse;
  return {
    window: {
      ...window,
      current,
      worsening: shown,
      atLeast: { worse: any.worse.low!, share: any.share.low },
    },
    clearness: value! / (value! - low!),
  };
}
