import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { edgeBetween, stepOfValues } from './bin-edge.ts';
import { orderStatistics, quantilesOf } from './order-statistics.ts';

/** Numbers, or dates in milliseconds since 1970. */
export type PublishedType = 'number' | 'date';

/** How many rows have a value, counted no further than what may be published. */
function rowsWith(wanted: number, values: Float64Array): number {
  let count = 0;
  for (let row = 0; row < values.length && count < fewestPublishedRows; row += 1) {
    if (values[row] === wanted) count += 1;
  }
  return count;
}

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
  const last = values.length - 1;
  const near = fewestPublishedRows - 1;
  if (last < near) return undefined;
  const far = Math.min(2 * fewestPublishedRows - 1, last);
  const [low, lowInside, high, highInside] = orderStatistics(values, [near, far, last - near, last - far]);
  const step = type === 'number' && stepOfValues([...values.subarray(0, 1000)], type) === 1 ? 1 : 0;
  const end = (outer: number, inside: number): number | undefined => {
    if (rowsWith(outer, values) >= fewestPublishedRows) return outer;
    return outer <= inside
      ? edgeBetween(outer, Math.max(inside, outer + 2 * step), { type })
      : edgeBetween(Math.min(inside, outer - 2 * step), outer, { type });
  };
  const from = end(low!, lowInside!);
  const to = end(high!, highInside!);
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
  const last = values.length - 1;
  const ranks = shares.map((share) => Math.round(share * last));
  return allPublishedAt(quantilesOf(values, shares), ranks, values, type);
}

/** A value of a rank, or near it, as it may be published. */
export function publishedAt(value: number, rank: number, values: Float64Array, type: PublishedType): number {
  return allPublishedAt([value], [rank], values, type)[0]!;
}

/** Several at once: the neighbours of all are looked for together. */
function allPublishedAt(
  wanted: readonly number[],
  ranks: readonly number[],
  values: Float64Array,
  type: PublishedType,
): number[] {
  const last = values.length - 1;
  const reach = 2 * fewestPublishedRows;
  const isRare = wanted.map((value) => {
    const rows = rowsWith(value, values);
    return rows > 0 && rows < fewestPublishedRows;
  });
  const spans = ranks.flatMap((rank) => {
    const from = Math.min(Math.max(0, rank - fewestPublishedRows), Math.max(0, last - reach));
    return [from, Math.min(last, from + reach)];
  });
  const neighbours = isRare.includes(true) ? orderStatistics(values, spans) : [];
  return wanted.map((value, i) => {
    if (!isRare[i]) return value;
    const [below, above] = [neighbours[2 * i]!, neighbours[2 * i + 1]!];
    return edgeBetween(below, above, { type }) ?? below / 2 + above / 2;
  });
}
