import { sampleCorrelation } from '../../algebra/descriptive-statistics.ts';
import { midranks } from '../../algebra/rank-correlation.ts';
import type { Column } from '../../dataset/table/table.ts';
import { LargeMap } from '../../platform/large-map.ts';
import { autocorrelationTime } from './autocorrelation-time.ts';
import { cyclesIn, withoutCycles } from './cycles.ts';
import { designEffect } from './design-effect.ts';
import type { DependenceOfSides, RowDependence } from './row-dependence.ts';

/** Categories that are told apart. */
const mostCategories = 12;

/** How many rows of a column say as much as one independent row; undefined where that is not known. */
export interface RowsPerRow {
  /** Of its values. */
  readonly values: number;
  /** Of whether they are missing. */
  readonly missing: number;
  /** Rank correlation of the values with time, from -1 to 1; 0 where there is no order. */
  readonly trend: number;
}

/** Rows of which a value is there, and the values as ranks or indicators. */
export interface Channels {
  readonly channels: readonly Float64Array[];
  /** Places among the rows that were asked for. */
  readonly present: Int32Array;
}

function isMissing(column: Column, row: number): boolean {
  if (column.type === 'category') return column.codes[row]! < 0;
  return column.type === 'boolean' ? column.values[row]! < 0 : Number.isNaN(column.values[row]!);
}

function indicators(codes: Int32Array): Float64Array[] {
  const counts = new LargeMap<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const frequent = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, mostCategories);
  return frequent.map(([code]) => Float64Array.from(codes, (other) => Number(other === code)));
}

/** A column as numbers whose means can be compared: ranks, or an indicator for each of its frequent categories. */
export function channelsOf(column: Column, rows: Int32Array): Channels {
  const present = Int32Array.from(rows.keys()).filter((i) => !isMissing(column, rows[i]!));
  if (column.type === 'category') {
    return { channels: indicators(present.map((i) => column.codes[rows[i]!]!)), present };
  }
  const values = Float64Array.from(present, (i) => column.values[rows[i]!]!);
  return { channels: [column.type === 'boolean' ? values : midranks(values)], present };
}

function trendOf(ranks: Float64Array): number {
  const places = Float64Array.from(ranks.keys());
  return ranks.length > 2 ? sampleCorrelation(ranks, places) : 0;
}

/** The calendar's cycles of a column on one side, as far as its rows are in an order of dates; lengths in milliseconds. */
function ownCycles(column: Column, dependence: RowDependence): readonly number[] {
  if (dependence.of !== 'time' || !dependence.clock) return [];
  const { clock, order } = dependence;
  const { channels, present } = channelsOf(column, order);
  return cyclesIn(
    channels,
    Float64Array.from(present, (i) => clock[i]!),
  );
}

/** The calendar's cycles that a column has on either side. */
export function cyclesOf(
  columns: { readonly [side in keyof DependenceOfSides]: Column | undefined },
  sides: DependenceOfSides,
): readonly number[] {
  const of = (side: keyof DependenceOfSides) => (columns[side] ? ownCycles(columns[side], sides[side]) : []);
  return [...new Set([...of('reference'), ...of('current')])];
}

/** Rows of a long series that are looked at first: where they are not alike, no more are. */
const firstRows = 1024;

/**
 * Measures a column by the order, or the groups, of its rows; undefined where neither is known.
 *
 * @param cycles the calendar's cycles that are taken from it first, in milliseconds ({@link cyclesOf}).
 */
export function rowsPerRow(
  column: Column,
  dependence: RowDependence,
  cycles: readonly number[],
): RowsPerRow | undefined {
  if (dependence.of === 'unknown') return undefined;
  if (dependence.of === 'time' && dependence.order.length > firstRows) {
    const { order, clock } = dependence;
    const last = {
      ...dependence,
      order: order.slice(-firstRows),
      ...(clock ? { clock: clock.slice(-firstRows) } : {}),
    };
    const newest = rowsPerRow(column, last, cycles);
    if (newest?.values === 1 && newest.missing === 1) return newest;
  }
  const rows = dependence.of === 'time' ? dependence.order : Int32Array.from(dependence.groups.keys());
  const measure = (channels: readonly Float64Array[], places: Int32Array | undefined): number => {
    if (dependence.of === 'time') {
      const { clock } = dependence;
      if (!clock) return autocorrelationTime(channels);
      const times = places ? Float64Array.from(places, (i) => clock[i]!) : clock;
      return autocorrelationTime(withoutCycles(channels, times, cycles));
    }
    const { groups } = dependence;
    return designEffect(channels, places ? Int32Array.from(places, (i) => groups[i]!) : groups);
  };
  const { channels, present } = channelsOf(column, rows);
  const values = present.length > 1 ? measure(channels, present) : 1;
  const gone = rows.length - present.length;
  const trend = dependence.of === 'time' && column.type === 'number' ? trendOf(channels[0]!) : 0;
  if (gone === 0 || present.length === 0) return { values, missing: 1, trend };
  const there = Float64Array.from(rows, (row) => Number(isMissing(column, row)));
  return { values, missing: measure([there], undefined), trend };
}
