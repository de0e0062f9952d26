import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { areWhole, edgeBetween } from './bin-edge.ts';

/** Numbers, or dates in milliseconds since 1970. */
export type PublishedType = 'number' | 'date';

/** So many values at either end say where five rows lie, and where five more. */
const reach = 2 * fewestPublishedRows;
/** So many rows say whether a column is of whole numbers. */
const looked = 1000;

/**
 * Where a column's values lie, without showing a row: at least five rows lie at or beyond either end, and an end is a
 * value that at least five rows have, or else a number of few digits a little further inside, chosen by its digits and
 * by no row (for whole numbers a whole one).
 *
 * @param values NaN where missing; not changed.
 * @param rows those of the values that are looked at, by default all.
 * @returns undefined where there are too few rows to say.
 * @example 600 ages from 17 to 96, four of them 17: [18, 90]
 */
export function publishedBounds(
  values: Float64Array,
  type: PublishedType,
  rows?: Uint32Array,
): [number, number] | undefined {
  const { least, greatest } = endsOf(values, rows);
  if (least.length < fewestPublishedRows) return undefined;
  const step = type === 'number' && areWhole(firstOf(values, rows)) ? 1 : 0;
  const from = endOf(least, type, step);
  const to = endOf(greatest, type, step);
  return from !== undefined && to !== undefined && from <= to ? [from, to] : undefined;
}

/** A value that five rows have or lie beyond, or a number further in. @param values from the end inward. @param step of all. */
function endOf(values: Float64Array, type: PublishedType, step: number): number | undefined {
  const outer = values[fewestPublishedRows - 1]!;
  const inside = values.at(-1)!;
  // Of five equal values that reach the fifth, five are among the ten.
  if (values.filter((value) => value === outer).length >= fewestPublishedRows) return outer;
  return outer <= inside
    ? edgeBetween(outer, Math.max(inside, outer + 2 * step), { type })
    : edgeBetween(Math.min(inside, outer - 2 * step), outer, { type });
}

/** The ten least and the ten greatest values from either end inward, or as many as there are; -0 is 0. */
function endsOf(
  values: Float64Array,
  rows: Uint32Array | undefined,
): { least: Float64Array; greatest: Float64Array } {
  const least = new Float64Array(reach).fill(Number.POSITIVE_INFINITY);
  const greatest = new Float64Array(reach).fill(Number.POSITIVE_INFINITY);
  const count = rows ? rows.length : values.length;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let missing = 0;
  for (let i = 0; i < count; i++) {
    const value = values[rows ? rows[i]! : i]!;
    if (value < low) low = takeIn(least, value);
    // Those of the other sign are ascending from the other end.
    if (value > high) high = -takeIn(greatest, -value);
    missing += Number(Number.isNaN(value));
  }
  const found = Math.min(reach, count - missing);
  const upper = greatest.subarray(0, found);
  for (let i = 0; i < found; i++) {
    least[i]! += 0;
    upper[i] = 0 - upper[i]!;
  }
  return { least: least.subarray(0, found), greatest: upper };
}

/** Takes a value in among ascending ones, of which the last leaves; returns the one that is the last then. */
function takeIn(ascending: Float64Array, value: number): number {
  let at = ascending.length - 1;
  for (; at > 0 && ascending[at - 1]! > value; at--) ascending[at] = ascending[at - 1]!;
  ascending[at] = value;
  return ascending.at(-1)!;
}

/** The first values that are not missing. */
function firstOf(values: Float64Array, rows: Uint32Array | undefined): Float64Array {
  const first = new Float64Array(looked);
  const count = rows ? rows.length : values.length;
  let found = 0;
  for (let i = 0; i < count && found < looked; i++) {
    const value = values[rows ? rows[i]! : i]!;
    if (!Number.isNaN(value)) first[found++] = value;
  }
  return first.subarray(0, found);
}
