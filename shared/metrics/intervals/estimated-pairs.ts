import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Random } from '../../platform/random.ts';
import { gainOf } from '../descriptors/direction.ts';
import type { MetricKey } from '../descriptors/metric-key.ts';
import type { RowsPart } from '../evaluation/champion-summary.ts';
import { metricOf } from '../registry/registry.ts';
import { type JudgedRows, judgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { takePredictions } from '../rows/subset.ts';
import { combineEstimates, type Estimate, lengthened } from './estimate.ts';
import { estimatesOf } from './estimates.ts';
import { measured } from './measured.ts';

/** Both models' values of a metric, of the same resamples. */
export interface EstimatedPair {
  readonly champion: Estimate;
  readonly challenger: Estimate;
}

/** The judged model's rows and the champion's. */
export type JudgedPair = readonly [challenger: JudgedRows, champion: JudgedRows];

export interface PairSettings {
  readonly metrics: readonly MetricKey[];
  readonly settings: ValidateConfig['bootstrap'];
  readonly random: Random;
  /** By what intervals of the difference are lengthened. */
  readonly factor: number;
  /** Fewer rows than this have values only; default as of any estimate. */
  readonly least?: number;
}

/** Both models' values of each metric: every resample is drawn once for both. */
export function pairsOf(
  [ourRows, theirRows]: JudgedPair,
  { metrics, settings, random, factor, least }: PairSettings,
): ReadonlyMap<MetricKey, EstimatedPair> {
  const both = metrics.flatMap((name) => [
    { metric: metricOf(name), rows: ourRows },
    { metric: metricOf(name), rows: theirRows },
  ]);
  const estimates = estimatesOf({
    ...{ metrics: both, settings, random },
    ...(least === undefined ? {} : { least }),
  });
  return new Map(
    metrics.map((name, i) => [
      name,
      { challenger: lengthened(estimates[2 * i]!, factor), champion: estimates[2 * i + 1]! },
    ]),
  );
}

/** Two models' predictions of the same rows, or of some of them, as they are judged. */
export function judgedPair(
  challenger: Predictions,
  champion: Predictions,
  rows: Uint32Array | 'all' = 'all',
): JudgedPair {
  const judged = (one: Predictions): JudgedRows =>
    judgedRows(rows === 'all' ? one : takePredictions(one, rows));
  return [judged(challenger), judged(judgedAlike(champion, challenger))];
}

/** How much better the challenger is, of the same resamples. */
export function gainOfPair(metric: MetricKey, { challenger, champion }: EstimatedPair): Estimate {
  return combineEstimates(challenger, champion, gainOf(metricOf(metric).better));
}

/** The one metric on a part of the rows, as evaluation.json holds it. */
export function partOf(
  rows: number,
  metric: MetricKey,
  pair: EstimatedPair,
  settings: ValidateConfig['bootstrap'],
): RowsPart {
  return {
    rows,
    value: numberOf(pair.champion),
    own: numberOf(pair.challenger),
    gain: measured(gainOfPair(metric, pair), settings),
  };
}

/** A value as evaluation.json holds it: null where it is undefined. */
export function numberOf({ value }: Estimate): number | null {
  return 'value' in value ? value.value : null;
}

/** Both are judged by the class that is positive today, whichever it was when the champion was made. */
function judgedAlike(theirs: Predictions, ours: Predictions): Predictions {
  if (theirs.task === 'regression' || ours.task === 'regression') return theirs;
  return { ...theirs, positive: ours.positive };
}
