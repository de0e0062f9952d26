import type { Better } from '../../metrics/metric.ts';
import { normalQuantile } from '../../metrics/normal-distribution.ts';

/** A figure with its interval; null where it is not known. */
export interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const unknown: Figure = { value: null, low: null, high: null };

/**
 * How much worse `current` is than `reference`, positive being worse, with the interval of the difference of two
 * independent samples from their own intervals: MOVER (Zou and Donner, "Construction of confidence limits about effect
 * measures: a general approach", Statistics in Medicine 27, 2008). Both intervals are of the same confidence.
 */
export function worseBy(current: Figure, reference: Figure, better: Better): Figure {
  const [now, then] = [badness(current, better), badness(reference, better)];
  if (now.value === null || then.value === null) return unknown;
  const value = now.value - then.value;
  if (now.low === null || now.high === null || then.low === null || then.high === null) {
    return { value, low: null, high: null };
  }
  return {
    value,
    low: value - Math.hypot(now.value - now.low, then.high - then.value),
    high: value + Math.hypot(now.high - now.value, then.value - then.low),
  };
}

/** The figure so that larger is worse. */
function badness({ value, low, high }: Figure, better: Better): Figure {
  if (better === 'lower' || value === null) return { value, low, high };
  if (better === 'higher') {
    return { value: -value, low: high === null ? null : -high, high: low === null ? null : -low };
  }
  const ends = low === null || high === null ? undefined : [Math.abs(low), Math.abs(high)];
  return {
    value: Math.abs(value),
    low: ends ? (low! <= 0 && high! >= 0 ? 0 : Math.min(...ends)) : null,
    high: ends ? Math.max(...ends) : null,
  };
}

/**
 * An interval of another confidence: its halves are stretched as a normal distribution's, since the rows that it came from
 * are not at hand.
 */
export function atConfidence({ value, low, high }: Figure, from: number, to: number): Figure {
  if (value === null || low === null || high === null) return { value, low, high };
  const factor = normalQuantile((1 + to) / 2) / normalQuantile((1 + from) / 2);
  return { value, low: value - (value - low) * factor, high: value + (high - value) * factor };
}

/** A difference as a share of the reference's size; unknown for a reference of zero. */
export function relativeTo({ value, low, high }: Figure, reference: number | null): Figure {
  if (reference === null || reference === 0) return unknown;
  const share = (part: number | null): number | null => (part === null ? null : part / Math.abs(reference));
  return { value: share(value), low: share(low), high: share(high) };
}
