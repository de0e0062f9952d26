import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { edgeBetween } from './bin-edge.ts';
import {
  medianAt,
  middleRanks,
  quantileAt,
  quantileRanks,
  type ValueAtRank,
  valuesAtRanks,
} from './order-statistics.ts';
import { type PublishedType, publishedBounds } from './published-bounds.ts';

const reach = 2 * fewestPublishedRows;

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

/** Bounds, quantiles and median of the same values. @param values none missing; at least one. */
export function publishedPlaces(
  values: Float64Array,
  shares: readonly number[],
  type: PublishedType,
): PublishedPlaces {
  const rows = values.length;
  const valueAt = valuesAtRanks(values, [...publishedRanks(shares, rows), ...publishedMedianRanks(rows)]);
  return {
    bounds: publishedBounds(values, type),
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
