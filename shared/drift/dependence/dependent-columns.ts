import { sampleCorrelation } from '../../algebra/descriptive-statistics.ts';
import { midranks } from '../../algebra/rank-correlation.ts';
import type { Column } from '../../dataset/table/table.ts';
import { autocorrelationTime } from './autocorrelation-time.ts';
import { designEffect } from './design-effect.ts';
import type { RowDependence } from './row-dependence.ts';

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
  const counts = new Map<number, number>();
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

/** Rows of a long series that are looked at first: where they are not alike, no more are. */
const firstRows = 1024;

/** Measures a column by the order, or the groups, of its rows; undefined where neither is known. */
export function rowsPerRow(column: Column, dependence: RowDependence): RowsPerRow | undefined {
  if (dependence.of === 'unknown') return undefined;
  if (dependence.of === 'time' && dependence.order.length > firstRows) {
    const newest = rowsPerRow(column, { ...dependence, order: dependence.order.slice(-firstRows) });
    if (newest?.values === 1 && newest.missing === 1) return newest;
  }
  const rows = dependence.of === 'time' ? dependence.order : Int32Array.from(dependence.groups.keys());
  const measure = (channels: readonly Float64Array[], places: Int32Array | undefined): number => {
    if (dependence.of === 'time') return autocorrelationTime(channels);
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
