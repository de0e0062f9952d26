// Champion and challenger by a metric: both models' values of the same resamples, and the gain from one to the other.
import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Random } from '../../platform/random.ts';
import { gainOf } from '../descriptors/direction.ts';
import type { MetricKey } from '../descriptors/metric-key.ts';
import type { RowsPart } from '../evaluation/champion-summary.ts';
import { metricOf } from '../registry/registry.ts';
import type { JudgedRows } from '../rows/judged-rows.ts';
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

interface PairSettings {
  readonly metrics: readonly MetricKey[];
  readonly settings: ValidateConfig['bootstrap'];
  readonly random: Random;
  readonly factor: number;
}

/** Both models' values by metric, every resample drawn once for both. */
export function pairsOf(
  [ourRows, theirRows]: JudgedPair,
  { metrics, settings, random, factor }: PairSettings,
): ReadonlyMap<MetricKey, EstimatedPair> {
  const both = metrics.flatMap((name) => [
    { metric: metricOf(name), rows: ourRows },
    { metric: metricOf(name), rows: theirRows },
  ]);
  const estimates = estimatesOf({ metrics: both, settings, random });
  return new Map(
    metrics.map((name, i) => [
      name,
      { challenger: lengthened(estimates[2 * i]!, factor), champion: estimates[2 * i + 1]! },
    ]),
  );
}

/** How much better the challenger is; positive is better, whatever the metric's direction. */
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
