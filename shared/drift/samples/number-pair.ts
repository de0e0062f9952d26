// Two samples side by side, sorted or counted once for all tests and distances.
import type { NumberProfile } from '../../dataset/profile/profile-schema.ts';
import type { Counted } from './counted-values.ts';
import { freshMemory, type Memory } from './memory.ts';

/**
 * Two samples of numbers as counts over ascending cells. A cell is a single value (`low` = `high`) or an open
 * interval inside which nothing is known but how many rows it has.
 */
export interface NumberPair {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly reference: Float64Array;
  readonly current: Float64Array;
  /** Rows with a value. */
  readonly rows: { readonly reference: number; readonly current: number };
  /** No row lies in an interval: every statistic is that of the rows themselves. */
  readonly exact: boolean;
}

/** The values of a profile whose gaps are empty; undefined when rows lie in them. */
export function countedProfile({ points, at, between }: NumberProfile): Counted | undefined {
  if (between.some((rows) => rows > 0)) return undefined;
  return { values: Float64Array.from(points), counts: Float64Array.from(at) };
}

function total(counts: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

/** Both samples over the union of their values: exact. */
export function pairOfValues(reference: Counted, current: Counted, memory: Memory = freshMemory): NumberPair {
  const most = reference.values.length + current.values.length;
  const points = memory.floats('points', most);
  const a = memory.floats('reference', most);
  const b = memory.floats('current', most);
  let size = 0;
  for (let i = 0, j = 0; i < reference.values.length || j < current.values.length; ) {
    const left = i < reference.values.length ? reference.values[i]! : Number.POSITIVE_INFINITY;
    const right = j < current.values.length ? current.values[j]! : Number.POSITIVE_INFINITY;
    points[size] = Math.min(left, right);
    a[size] = left <= right ? reference.counts[i++]! : 0;
    b[size] = right <= left ? current.counts[j++]! : 0;
    // Points of a profile that neither sample has are not values.
    if (a[size]! + b[size]! > 0) size++;
  }
  const low = points.subarray(0, size);
  return {
    low,
    high: low,
    reference: a.subarray(0, size),
    current: b.subarray(0, size),
    rows: { reference: total(reference.counts), current: total(current.counts) },
    exact: true,
  };
}

/** The smallest of what is known; published profiles keep no extremes, then the nearest point stands for them. */
function outermost(pick: (...values: number[]) => number, point: number, ends: (number | null)[]): number {
  return pick(point, ...ends.filter((end) => end !== null));
}

/**
 * Both samples over one reference's support: points and gaps by turns. The rows of a gap lie anywhere in it.
 *
 * @param current a profile over the reference's points.
 */
export function pairOfProfiles(reference: NumberProfile, current: NumberProfile): NumberPair {
  const { points } = reference;
  const low: number[] = [];
  const high: number[] = [];
  const a: number[] = [];
  const b: number[] = [];
  const add = (from: number, to: number, left: number, right: number): void => {
    if (left + right === 0) return;
    low.push(from);
    high.push(to);
    a.push(left);
    b.push(right);
  };
  const ends = [reference.moments, current.moments];
  const first = outermost(
    Math.min,
    points[0] ?? current.moments.mean,
    ends.map(({ min }) => min),
  );
  const last = outermost(
    Math.max,
    points.at(-1) ?? current.moments.mean,
    ends.map(({ max }) => max),
  );
  for (let i = 0; i <= points.length; i++) {
    const left = i === 0 ? first : points[i - 1]!;
    const right = i === points.length ? last : points[i]!;
    add(left, right, reference.between[i]!, current.between[i]!);
    if (i < points.length) add(points[i]!, points[i]!, reference.at[i]!, current.at[i]!);
  }
  const counts = { reference: Float64Array.from(a), current: Float64Array.from(b) };
  return {
    low: Float64Array.from(low),
    high: Float64Array.from(high),
    ...counts,
    rows: { reference: total(counts.reference), current: total(counts.current) },
    exact: low.every((value, i) => value === high[i]),
  };
}
