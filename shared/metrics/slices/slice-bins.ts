import { quantileSorted } from '../../algebra/descriptive-statistics.ts';
import { day, hour, minute, second } from '../../platform/time-lengths.ts';
import { columnNumber } from '../../text/column-number.ts';

/** Bins of numbers or dates: below the first edge, from edge to edge, from the last one. */
export interface SliceBins {
  /** Ascending; may be empty. */
  readonly edges: readonly number[];
  /** How an edge is written. */
  readonly format: (edge: number) => string;
}

/**
 * Up to four bins of numbers at their quartiles, rounded to a multiple of 1, 2 or 5 times a power of ten that is at
 * most a quarter of the distance between the outer quartiles.
 *
 * @param sorted ascending, at least one.
 */
export function numberBins(sorted: Float64Array): SliceBins {
  const step = roundStep(spreadOf(sorted) / 4);
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  const edges = innerEdges(sorted, (quartile) =>
    Number((Math.round(quartile / step) * step).toFixed(Math.min(decimals, 100))),
  );
  return { edges, format: edgeText(edges) };
}

/** The largest of 1, 2 and 5 times a power of ten that is at most `size`. */
function roundStep(size: number): number {
  if (!(size > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  const factor = size / power;
  return (factor >= 5 ? 5 : factor >= 2 ? 2 : 1) * power;
}

/** Writes numbers of a column, of which some are known, with all their digits: `1973` among years, `1,973`, `0.25`. */
export function edgeText(among: readonly number[]): (value: number) => string {
  return (value) => columnNumber(value, { among }, { digits: 12 });
}

/** A unit of time that bins may begin with. */
interface TimeUnit {
  /** Milliseconds. */
  readonly length: number;
  /** The start, in UTC, of the one that holds a time. */
  readonly start: (date: Date) => number;
  /** Characters of an ISO date that tell one from the next. */
  readonly characters: number;
}

const units: readonly TimeUnit[] = [
  { length: 365.25 * day, start: (date) => Date.UTC(date.getUTCFullYear(), 0), characters: 4 },
  { length: 30.5 * day, start: (date) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth()), characters: 7 },
  { length: day, start: multipleOf(day), characters: 10 },
  { length: hour, start: multipleOf(hour), characters: 16 },
  { length: minute, start: multipleOf(minute), characters: 16 },
  { length: second, start: multipleOf(second), characters: 19 },
];

function multipleOf(length: number): (date: Date) => number {
  return (date) => Math.floor(date.getTime() / length) * length;
}

/**
 * Up to four bins of dates at their quartiles, moved back to the start (in UTC) of the year, month, day, hour, minute or
 * second: the longest unit that is at most a quarter of the distance between the outer quartiles.
 *
 * @param sorted milliseconds since 1970, ascending, at least one.
 */
export function dateBins(sorted: Float64Array): SliceBins {
  const size = spreadOf(sorted) / 4;
  const unit = units.find(({ length }) => length <= size) ?? units.at(-1)!;
  return {
    edges: innerEdges(sorted, (quartile) => unit.start(new Date(quartile))),
    format: (edge) => new Date(edge).toISOString().slice(0, unit.characters),
  };
}

/** The distance between the outer quartiles or, when half of the values are the same, between the extremes. */
function spreadOf(sorted: Float64Array): number {
  const middle = quantileSorted(sorted, 0.75) - quantileSorted(sorted, 0.25);
  return middle > 0 ? middle : sorted.at(-1)! - sorted[0]!;
}

/** The rounded quartiles that have values on both sides. */
function innerEdges(sorted: Float64Array, round: (quartile: number) => number): number[] {
  const edges = [0.25, 0.5, 0.75].map((share) => round(quantileSorted(sorted, share)));
  return [...new Set(edges)].filter((edge) => edge > sorted[0]! && edge <= sorted.at(-1)!);
}
