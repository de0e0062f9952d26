import type { Interval } from '../evaluation/judged-values.ts';
import type { Estimate } from './estimate.ts';
import { groupFactor } from './grouped-rows.ts';
import { type IntervalResult, type IntervalSettings, intervalOf } from './interval.ts';
import { intervalsByMetric } from './interval-by-metric.ts';

/** Intervals of fewer rows than this say nothing, unless they are asked for (`min-slice-rows`). */
export const fewestRows = 10;

/** An estimate with its interval, as evaluation.json holds it. */
export function measured(estimate: Estimate, settings: IntervalSettings): Interval {
  return measuredTogether([estimate], settings)[0]!;
}

/** Estimates with their intervals, in order: what each is alone, in less time where they are of the same rows. */
export function measuredTogether(estimates: readonly Estimate[], settings: IntervalSettings): Interval[] {
  const drawn = estimates.filter((estimate) => estimate.basis && without(estimate) === undefined);
  const bases = drawn.map(({ basis }) => basis!);
  const found = new Map(intervalsByMetric(bases, settings.confidence).map((ends, i) => [drawn[i]!, ends]));
  return estimates.map(
    (estimate) =>
      without(estimate) ??
      intervalBetween(estimate, found.get(estimate) ?? intervalOf(estimate, settings), settings),
  );
}

/** What is written where an estimate has no interval, whatever it would be. */
function without({ value, basis, refused, replicates }: Estimate): Interval | undefined {
  if (!('value' in value)) return { value: null, low: null, high: null, reason: value.undefined };
  if (refused !== undefined) return valueAlone(value.value, refused);
  if (basis || replicates.length > 0) return undefined;
  return valueAlone(value.value, 'resampling so few rows says nothing');
}

function valueAlone(value: number, reason: string): Interval {
  return { value, low: null, high: null, reason };
}

function intervalBetween(estimate: Estimate, interval: IntervalResult, settings: IntervalSettings): Interval {
  const value = 'value' in estimate.value ? estimate.value.value : Number.NaN;
  if (!('low' in interval)) return valueAlone(value, interval.undefined);
  const { lengthened = 1, spread, limits } = estimate;
  const factor = lengthened * (spread ? groupFactor(spread, settings.confidence) : 1);
  if (!Number.isFinite(factor)) return valueAlone(value, 'the rows are all of one group');
  const { low: least = Number.NEGATIVE_INFINITY, high: most = Number.POSITIVE_INFINITY } = limits ?? {};
  const end = (end: number) =>
    factor === 1 ? end : Math.min(Math.max(value + factor * (end - value), least), most);
  return { value, low: end(interval.low), high: end(interval.high) };
}
