import type { Interval } from '../evaluation/evaluation.ts';
import type { Estimate } from './estimate.ts';
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
  const { lengthened = 1 } = estimate;
  const end = (end: number) => (lengthened === 1 ? end : value + lengthened * (end - value));
  return { value, low: end(interval.low), high: end(interval.high) };
}
