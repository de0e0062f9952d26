import { normalQuantile } from '../../algebra/normal-distribution.ts';
import type { Better } from '../../metrics/descriptors/direction.ts';

/** A figure with its interval; null where it is not known. */
export interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const unknownFigure: Figure = { value: null, low: null, high: null };

/**
 * How much worse `current` is than `reference`, positive being worse, with the interval of the difference of two
 * independent samples from their own intervals: MOVER (Zou and Donner, "Construction of confidence limits about effect
 * measures: a general approach", Statistics in Medicine 27, 2008). Both intervals are of the same confidence.
 */
export function worseBy(current: Figure, reference: Figure, better: Better): Figure {
  const [now, then] = [badness(current, better), badness(reference, better)];
  if (now.value === null || then.value === null) return unknownFigure;
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

/** The figure so that larger is worse, whatever the metric's direction. */
export function badness({ value, low, high }: Figure, better: Better): Figure {
  if (better === 'lower' || value === null) return { value, low, high };
  if (better === 'higher') return negative({ value, low, high });
  const ends = low === null || high === null ? undefined : [Math.abs(low), Math.abs(high)];
  return {
    value: Math.abs(value),
    low: ends ? (low! <= 0 && high! >= 0 ? 0 : Math.min(...ends)) : null,
    high: ends ? Math.max(...ends) : null,
  };
}

/**
 * An interval of another confidence: its halves are stretched as a normal distribution's, since the rows that it came from
 * are not available.
 */
export function atConfidence({ value, low, high }: Figure, from: number, to: number): Figure {
  if (value === null || low === null || high === null) return { value, low, high };
  if (from === to) return { value, low, high };
  return stretched({ value, low, high }, normalQuantile((1 + to) / 2) / normalQuantile((1 + from) / 2));
}

/** An interval that is so many times as long on either side, of rows that depend on each other. */
export function stretched({ value, low, high }: Figure, factor: number): Figure {
  if (factor === 1 || value === null || low === null || high === null) return { value, low, high };
  return { value, low: value - (value - low) * factor, high: value + (high - value) * factor };
}

/**
 * How much worse `current` is than `reference`, as a share of the reference's size, with an interval that takes both for
 * uncertain: the ratio's by MOVER-R (Donner and Zou, "Closed-form confidence intervals for functions of the normal mean and
 * standard deviation", Statistical Methods in Medical Research 21, 2012). Its lower end lies above an amount exactly when
 * the interval of current − (1 + amount) · reference lies above zero. An end is null where the reference is too near to
 * zero to bound it; all are for a reference of zero.
 */
export function worseShare(current: Figure, reference: Figure, better: Better): Figure {
  const [now, then] = [badness(current, better), badness(reference, better)];
  if (now.value === null || then.value === null || then.value === 0) return unknownFigure;
  const value = (now.value - then.value) / Math.abs(then.value);
  if (then.value > 0) {
    const [low, high] = ratioEnds(now, then);
    return { value, low: low === null ? null : low - 1, high: high === null ? null : high - 1 };
  }
  const [low, high] = ratioEnds(negative(now), negative(then));
  return { value, low: high === null ? null : 1 - high, high: low === null ? null : 1 - low };
}

const negative = ({ value, low, high }: Figure): Figure => ({
  value: value === null ? null : -value,
  low: high === null ? null : -high,
  high: low === null ? null : -low,
});

/** The ends of a / b, b positive. */
function ratioEnds(a: Figure, b: Figure): [low: number | null, high: number | null] {
  const high = lowerRatio(negative(a), b);
  return [lowerRatio(a, b), high === null ? null : -high];
}

/** The R at which the lower end of a − R b is zero: then the roots of (a − R b)² = (a − its low)² + R² (b − its far end)². */
function lowerRatio(a: Figure, b: Figure): number | null {
  if (a.low === null || b.low === null || b.high === null) return null;
  const [x, y] = [a.value!, b.value!];
  const dx = x - a.low;
  // A negative R turns the interval of b round.
  const dy = a.low >= 0 ? b.high - y : y - b.low;
  const square = y ** 2 - dy ** 2;
  if (a.low < 0 && square <= 0) return null;
  const root = Math.sqrt(Math.max(0, x ** 2 * dy ** 2 + square * dx ** 2));
  const rest = x ** 2 - dx ** 2;
  if (x < 0) return (x * y - root) / square;
  return rest === 0 ? 0 : rest / (x * y + root);
}
