import type { Estimate } from './estimate.ts';
import type { Interval } from './evaluation.ts';
import { type IntervalSettings, intervalOf } from './interval.ts';

/** An estimate with its interval, as evaluation.json holds it. */
export function measured(estimate: Estimate, settings: IntervalSettings): Interval {
  if (!('value' in estimate.value))
    return { value: null, low: null, high: null, reason: estimate.value.undefined };
  const interval = intervalOf(estimate, settings);
  const { value } = estimate.value;
  return 'low' in interval
    ? { value, low: interval.low, high: interval.high }
    : { value, low: null, high: null, reason: interval.undefined };
}
