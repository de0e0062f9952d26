/** Count, mean and spread of a set of numbers; two of them add up without the numbers. */
export interface Moments {
  readonly count: number;
  /** 0 when `count` is 0. */
  readonly mean: number;
  /** Sum of squared deviations from the mean; variance is m2 / count (population) or m2 / (count - 1). */
  readonly m2: number;
  /** Null when `count` is 0. */
  readonly min: number | null;
  readonly max: number | null;
}

/** The moments of no rows. */
export const noMoments: Moments = { count: 0, mean: 0, m2: 0, min: null, max: null };

const blockSize = 1024;

/** Sums of squares of values beyond 1e154 leave the range of a double: they stay at its largest value. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.MAX_VALUE;
}

/** The smaller of two, where null says nothing. */
function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function greatest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/**
 * Moments of the union of two disjoint sets.
 *
 * Chan, Golub, LeVeque (1979), "Updating formulae and a pairwise algorithm for computing sample variances".
 */
export function addMoments(a: Moments, b: Moments): Moments {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const delta = b.mean - a.mean;
  const shifted = a.mean + delta * (b.count / count);
  const mean = Number.isFinite(shifted) ? shifted : a.mean * (a.count / count) + b.mean * (b.count / count);
  return {
    count,
    mean,
    m2: finite(a.m2 + b.m2 + delta * delta * ((a.count * b.count) / count)),
    min: least(a.min, b.min),
    max: greatest(a.max, b.max),
  };
}

function blockMoments(values: Float64Array, from: number, to: number): Moments {
  let count = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return noMoments;
  let mean = sum / count;
  if (!Number.isFinite(mean)) {
    mean = 0;
    for (let i = from; i < to; i++) if (!Number.isNaN(values[i]!)) mean += values[i]! / count;
  }
  let squares = 0;
  let rest = 0;
  for (let i = from; i < to; i++) {
    const deviation = values[i]! - mean;
    if (Number.isNaN(deviation)) continue;
    squares += deviation * deviation;
    rest += deviation;
  }
  // The mean is rounded, so the deviations do not quite sum to 0; what is left over is taken out again.
  const correction = (rest * rest) / count;
  const m2 = Number.isFinite(correction) ? Math.max(squares - correction, 0) : squares;
  return {
    count,
    mean: (min === max ? min : mean) + 0,
    m2: min === max ? 0 : finite(m2),
    min: min + 0,
    max: max + 0,
  };
}

/**
 * Moments of the values that are not missing (NaN). Two passes over blocks, blocks added by {@link addMoments}:
 * as exact as two passes over everything and as fast as memory.
 */
export function momentsOf(values: Float64Array): Moments {
  let total = noMoments;
  for (let from = 0; from < values.length; from += blockSize) {
    total = addMoments(total, blockMoments(values, from, Math.min(from + blockSize, values.length)));
  }
  return total;
}

/** Binary digits that are kept, some 12 decimal ones. */
const keptBits = 40;

/**
 * Moments with as many digits as a sum in any order has: the mean to 2^-40 of the standard deviation, the sum of squares to 2^-40
 * of itself. Engines add up in the order in which their threads come, and what is written down must not tell.
 */
export function keptDigits({ count, mean, m2, min, max }: Moments): Moments {
  const deviation = Math.sqrt(m2 / Math.max(1, count));
  return { count, mean: roundedTo(mean, stepOf(deviation)), m2: roundedTo(m2, stepOf(m2)), min, max };
}

/** A power of two, 2^40 of which are `size` or little more; 0 where there is none. */
function stepOf(size: number): number {
  return size > 0 && Number.isFinite(size) ? 2 ** (Math.ceil(Math.log2(size)) - keptBits) : 0;
}

function roundedTo(value: number, step: number): number {
  const steps = Math.round(value / step);
  // Beyond, a double has no more digits than that.
  return step > 0 && Number.isSafeInteger(steps) ? steps * step : value;
}
