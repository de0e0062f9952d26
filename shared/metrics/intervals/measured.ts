import type { Interval } from '../evaluation/evaluation.ts';
import type { Estimate } from './estimate.ts';
import { groupFactor } from './grouped-rows.ts';
import { type IntervalSettings, intervalOf } from './interval.ts';
import { intervalByMetric } from './interval-by-metric.ts';

/** Intervals of fewer rows than this say nothing, unless they are asked for (`min-slice-rows`). */
export const fewestRows = 10;

/** An estimate with its interval, as evaluation.json holds it. */
export function measured(estimate: Estimate, settings: IntervalSettings): Interval {
  if (!('value' in estimate.value))
    return { value: null, low: null, high: null, reason: estimate.value.undefined };
  const { value } = estimate.value;
  const { basis, refused } = estimate;
  const without = (reason: string): Interval => ({ value, low: null, high: null, reason });
  if (refused !== undefined) return without(refused);
  if (!basis && estimate.replicates.length === 0) return without('resampling so few rows says nothing');
  const interval = basis ? intervalByMetric(basis, settings.confidence) : intervalOf(estimate, settings);
  if (!('low' in interval)) return without(interval.undefined);
  const { lengthened = 1, spread, limits } = estimate;
  const factor = lengthened * (spread ? groupFactor(spread, settings.confidence) : 1);
  if (!Number.isFinite(factor)) return without('the rows are all of one group');
  const { low: least = Number.NEGATIVE_INFINITY, high: most = Number.POSITIVE_INFINITY } = limits ?? {};
  const end = (end: number) =>
    factor === 1 ? end : Math.min(Math.max(value + factor * (end - value), least), most);
  return { value, low: end(interval.low), high: end(interval.high) };
}
