// Two samples side by side, sorted or counted once for all tests and distances.
import type { NumberProfile } from '../../dataset/profile/profile-schema.ts';
import { sumOf } from './cell-pair.ts';
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
    rows: { reference: sumOf(reference.counts), current: sumOf(current.counts) },
    exact: true,
  };
}

/** Share of the reference's values that one gap may hold: of what moves inside it nothing is seen. */
const mostInGap = 0.75;

/**
 * Whether a profile says enough of a column to compare its values by: published ones of fewer than ten rows, or of former
 * versions, may have most rows in a single gap.
 */
export function isUsable({ at, between }: NumberProfile): boolean {
  const rows = [...at, ...between].reduce((sum, count) => sum + count, 0);
  return rows > 0 && Math.max(...between) <= mostInGap * rows;
}

/** How far the open bins of a published profile are taken to reach: as far as their neighbours, or a deviation. */
function reachOf({ points, moments }: NumberProfile, end: 'first' | 'last'): number {
  const [a, b] = end === 'first' ? [points[0], points[1]] : [points.at(-2), points.at(-1)];
  return a !== undefined && b !== undefined ? b - a : Math.sqrt(moments.m2 / Math.max(1, moments.count));
}

/** Where the outermost gaps end. Published profiles keep no extremes. */
function endsOf(reference: NumberProfile, current: NumberProfile): { first: number; last: number } {
  const { points, moments } = reference;
  const lowest = points[0] ?? current.moments.mean;
  const highest = points.at(-1) ?? current.moments.mean;
  if (points.length > 0 && moments.count > 0 && moments.min === null) {
    return { first: lowest - reachOf(reference, 'first'), last: highest + reachOf(reference, 'last') };
  }
  return {
    first: Math.min(lowest, moments.min ?? lowest, current.moments.min ?? lowest),
    last: Math.max(highest, moments.max ?? highest, current.moments.max ?? highest),
  };
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
  const { first, last } = endsOf(reference, current);
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
    rows: { reference: sumOf(counts.reference), current: sumOf(counts.current) },
    exact: low.every((value, i) => value === high[i]),
  };
}

/**
 * How far a Wasserstein distance over cells may be off for what is not known of their rows, in the column's unit: half a
 * cell's width for each row of either sample. Open bins count as far as they are taken to reach.
 */
export function cellError({ low, high, reference, current, rows }: NumberPair): number {
  let error = 0;
  for (let i = 0; i < low.length; i++) {
    const shares = reference[i]! / rows.reference + current[i]! / rows.current;
    error += (shares * (high[i]! - low[i]!)) / 2;
  }
  return error;
}
