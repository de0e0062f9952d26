import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { areWhole, edgeBetween } from './bin-edge.ts';
import {
  medianAt,
  middleRanks,
  quantileAt,
  quantileRanks,
  type ValueAtRank,
  valuesAtRanks,
} from './order-statistics.ts';

const reach = 2 * fewestPublishedRows;

/** Numbers, or dates in milliseconds since 1970. */
export type PublishedType = 'number' | 'date';

/**
 * Where a column's values lie, without showing a row: at least five rows lie at or beyond either end, and an end is a
 * value that at least five rows have, or else a number of few digits a little further inside, chosen by its digits and
 * by no row (for whole numbers a whole one).
 *
 * @param values none missing; not changed.
 * @returns undefined where there are too few rows to say.
 * @example 600 ages from 17 to 96, four of them 17: [18, 90]
 */
export function publishedBounds(values: Float64Array, type: PublishedType): [number, number] | undefined {
  return boundsOf(valuesAtRanks(values, boundRanks(values.length)), values, type);
}

/** Ranks of the ten values at either end: of five equal ones that reach the fifth, all are among them. */
function boundRanks(rows: number): number[] {
  const near = Array.from({ length: Math.min(reach, rows) }, (_, i) => i);
  return [...near, ...near.map((rank) => rows - 1 - rank)];
}

function boundsOf(
  valueAt: ValueAtRank,
  values: Float64Array,
  type: PublishedType,
): [number, number] | undefined {
  const last = values.length - 1;
  const near = fewestPublishedRows - 1;
  if (last < near) return undefined;
  const far = Math.min(reach - 1, last);
  const step = type === 'number' && areWhole(values.subarray(0, 1000)) ? 1 : 0;
  const end = (outer: number, inside: number, ranks: Span): number | undefined => {
    if (rowsWith(outer, valueAt, ranks) >= fewestPublishedRows) return outer;
    return outer <= inside
      ? edgeBetween(outer, Math.max(inside, outer + 2 * step), { type })
      : edgeBetween(Math.min(inside, outer - 2 * step), outer, { type });
  };
  const from = end(valueAt(near), valueAt(far), [0, far]);
  const to = end(valueAt(last - near), valueAt(last - far), [last - far, last]);
  return from !== undefined && to !== undefined && from <= to ? [from, to] : undefined;
}

/**
 * Quantiles (as `quantilesOf`) that may be published: one that is the value of fewer than five rows gives way to the
 * number of fewest digits between the fifth row before it and the fifth behind.
 *
 * @param values none missing; at least one.
 * @param shares from 0 to 1.
 */
export function publishedQuantiles(
  values: Float64Array,
  shares: readonly number[],
  type: PublishedType,
): number[] {
  return quantilesAt(
    valuesAtRanks(values, publishedRanks(shares, values.length)),
    shares,
    values.length,
    type,
  );
}

function publishedRanks(shares: readonly number[], rows: number): number[] {
  const last = rows - 1;
  return shares.flatMap((share) => [
    ...quantileRanks(share, last),
    ...ranksAround(Math.round(share * last), last),
  ]);
}

function quantilesAt(
  valueAt: ValueAtRank,
  shares: readonly number[],
  rows: number,
  type: PublishedType,
): number[] {
  const last = rows - 1;
  return shares.map((share) =>
    publishedOf(quantileAt(share, valueAt, last), Math.round(share * last), { valueAt, last, type }),
  );
}

/** Where values lie, as it may be published. */
export interface PublishedPlaces {
  /** See {@link publishedBounds}. */
  readonly bounds: [number, number] | undefined;
  /** See {@link publishedQuantiles}. */
  readonly quantiles: readonly number[];
  /** See {@link publishedMedian}. */
  readonly median: number;
}

/** Bounds, quantiles and median of the same values, which are gone through once. @param values none missing; at least one. */
export function publishedPlaces(
  values: Float64Array,
  shares: readonly number[],
  type: PublishedType,
): PublishedPlaces {
  const rows = values.length;
  const valueAt = valuesAtRanks(values, [
    ...boundRanks(rows),
    ...publishedRanks(shares, rows),
    ...publishedMedianRanks(rows),
  ]);
  return {
    bounds: boundsOf(valueAt, values, type),
    quantiles: quantilesAt(valueAt, shares, rows, type),
    median: publishedMedianAt(valueAt, rows, type),
  };
}

/**
 * The median as it may be published, see {@link publishedQuantiles}. A date's is no mean of two, so that its parts are a real
 * day's.
 *
 * @param values none missing; at least one.
 */
export function publishedMedian(values: Float64Array, type: PublishedType): number {
  const valueAt = valuesAtRanks(values, publishedMedianRanks(values.length));
  return publishedMedianAt(valueAt, values.length, type);
}

function publishedMedianRanks(rows: number): number[] {
  const middle = middleRanks(rows - 1);
  return [...middle, ...ranksAround(middle[0], rows - 1)];
}

function publishedMedianAt(valueAt: ValueAtRank, rows: number, type: PublishedType): number {
  const last = rows - 1;
  const [rank] = middleRanks(last);
  const median = type === 'date' ? valueAt(rank) : medianAt(valueAt, last);
  return publishedOf(median, rank, { valueAt, last, type });
}

/** A value of a rank as it may be published, see {@link publishedQuantiles}. @param rank of the first row that has it. */
export function publishedAt(value: number, rank: number, values: Float64Array, type: PublishedType): number {
  const last = values.length - 1;
  return publishedOf(value, rank, { valueAt: valuesAtRanks(values, ranksAround(rank, last)), last, type });
}

/** The first and the last of some ranks. */
type Span = readonly [from: number, to: number];

/** Ranks from the fifth before one to the fifth behind; as many where an end is nearer. */
function spanAround(rank: number, last: number): Span {
  const from = Math.min(Math.max(0, rank - fewestPublishedRows), Math.max(0, last - reach));
  return [from, Math.min(last, from + reach)];
}

function ranksAround(rank: number, last: number): number[] {
  const [from, to] = spanAround(rank, last);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** How many rows of some ranks have a value. */
function rowsWith(wanted: number, valueAt: ValueAtRank, [from, to]: Span): number {
  let count = 0;
  for (let rank = from; rank <= to; rank++) if (valueAt(rank) === wanted) count++;
  return count;
}

interface Neighbourhood {
  readonly valueAt: ValueAtRank;
  readonly last: number;
  readonly type: PublishedType;
}

/**
 * A value that lies at a rank, or between it and a neighbour. Rows that have the same value lie side by side: fewer than five of
 * them are all within reach, and of more at least five are.
 */
function publishedOf(value: number, rank: number, { valueAt, last, type }: Neighbourhood): number {
  const span = spanAround(rank, last);
  const rows = rowsWith(value, valueAt, span);
  if (rows === 0 || rows >= fewestPublishedRows) return value;
  const [below, above] = span.map(valueAt) as [number, number];
  return edgeBetween(below, above, { type }) ?? below / 2 + above / 2;
}
