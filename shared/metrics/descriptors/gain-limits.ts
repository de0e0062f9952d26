import type { MetricDescriptor, MetricLimits } from './descriptor.ts';
import { badnessOf } from './direction.ts';

/**
 * The gains over a reference that a metric can have at all, as shares of the reference: no error is more than 100% smaller
 * than another, and no area under a curve of 0.8 can grow by more than 25%. An interval that is made around another quantity,
 * or lengthened, may reach further; nothing true lies there.
 *
 * @param reference its size, above zero. Where the metric may be negative the sign is not known, and nothing is bounded.
 */
export function gainLimits(
  { better, limits }: Pick<MetricDescriptor, 'better' | 'limits'>,
  reference: number,
): MetricLimits {
  const size = better === 'zero' ? { low: 0, high: Math.max(-limits.low, limits.high) } : limits;
  if (!(size.low >= 0)) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const share = (value: number) => (badnessOf(better, reference) - badnessOf(better, value)) / reference;
  const ends = [share(size.low), share(size.high)];
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** The number within limits that is nearest to a value. */
export function within({ low, high }: MetricLimits, value: number): number {
  return Math.min(Math.max(value, low), high);
}
