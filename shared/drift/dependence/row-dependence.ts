import type { Column, Table } from '../../dataset/table/table.ts';
import { LargeMap, LargeSet } from '../../platform/large-map.ts';

/** Rows whose order is looked at, the newest of them. */
const mostOrdered = 4096;
/** Fewer rows with a time of their own say nothing of their order. */
const fewestOrdered = 30;
/** Fewer rows of a file without times say too little of whether its order is one of time: a list by maker looks like a slow change. */
const fewestInFile = 100;
/** Share of the rows that must have a time of their own. */
const fewestDistinct = 0.5;

/** How the rows of one side hang together: plain data. */
export type RowDependence =
  /** Rows in the order of their times, each time but once. */
  | {
      readonly of: 'time';
      readonly name: string;
      readonly order: Int32Array;
      /** Times of the rows in that order, in milliseconds since 1970; only where they are dates. */
      readonly clock?: Float64Array;
    }
  /** Group of each row, from 0. */
  | { readonly of: 'group'; readonly name: string; readonly groups: Int32Array; readonly count: number }
  | { readonly of: 'unknown'; readonly why: string };

/** Of both sides. */
export interface DependenceOfSides {
  readonly reference: RowDependence;
  readonly current: RowDependence;
}

/** Rows by their event time. Rows that share a time have no order, and are left out; where most do, the order is not known. */
export function dependenceInTime(
  times: Float64Array,
  name: string,
  type: 'number' | 'date' = 'number',
): RowDependence {
  const timed = Int32Array.from(times.keys()).filter((row) => !Number.isNaN(times[row]!));
  timed.sort((a, b) => times[a]! - times[b]!);
  const order = timed.filter((row, i) => {
    const time = times[row]!;
    return (
      (i === 0 || times[timed[i - 1]!] !== time) && (i === timed.length - 1 || times[timed[i + 1]!] !== time)
    );
  });
  if (order.length >= Math.max(fewestOrdered, fewestDistinct * timed.length)) {
    const newest = order.slice(-mostOrdered);
    if (type === 'number') return { of: 'time', name, order: newest };
    return { of: 'time', name, order: newest, clock: Float64Array.from(newest, (row) => times[row]!) };
  }
  const why =
    timed.length < fewestOrdered
      ? `fewer than ${fewestOrdered} rows have ${name}`
      : `${name} is too coarse: most rows share its value with others`;
  return { of: 'unknown', why };
}

/** Rows by the group that they belong to; a row without one is a group of its own. */
export function dependenceInGroups(column: Column, name: string): RowDependence {
  const rows = column.type === 'category' ? column.codes.length : column.values.length;
  const groups = new Int32Array(new SharedArrayBuffer(4 * rows));
  const known = new LargeMap<number, number>();
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const value = column.type === 'category' ? column.codes[row]! : column.values[row]!;
    const missing = column.type === 'category' || column.type === 'boolean' ? value < 0 : Number.isNaN(value);
    const own = missing ? undefined : known.get(value);
    groups[row] = own ?? count;
    if (own !== undefined) continue;
    if (!missing) known.set(value, count);
    count++;
  }
  return { of: 'group', name, groups, count };
}

/** How far apart in the table equal values lie for it to be sorted by them: in a run each. */
function isSortedBy(column: Column, rows: number): boolean {
  if (column.type === 'category') return hasRuns(column.codes);
  const { values } = column;
  let up = true;
  let down = true;
  let ties = 0;
  for (let row = 1; row < rows; row++) {
    const step = values[row]! - values[row - 1]!;
    if (!(step >= 0)) up = false;
    if (!(step <= 0)) down = false;
    if (!(up || down)) return false;
    ties += Number(step === 0);
  }
  // Values that only grow, without ties, may well be times or numbers of the rows; all alike, they order nothing.
  return ties > 0 && ties < rows - 1;
}

/** Whether each category is one run of rows, of several rows on average. */
function hasRuns(codes: Int32Array): boolean {
  const seen = new LargeSet<number>();
  for (let row = 0; row < codes.length; row++) {
    if (row > 0 && codes[row] === codes[row - 1]) continue;
    if (seen.has(codes[row]!)) return false;
    seen.add(codes[row]!);
  }
  return seen.size > 1 && seen.size * 3 <= codes.length;
}

/** Rows of a file without times, in the file's order, unless it is sorted by one of its columns. */
export function dependenceInFile({ rows, columns }: Table): RowDependence {
  if (rows < fewestInFile) return { of: 'unknown', why: `fewer than ${fewestInFile} rows, without times` };
  for (const [name, column] of columns) {
    if (isSortedBy(column, rows)) return { of: 'unknown', why: `the rows are sorted by ${name}` };
  }
  const length = Math.min(rows, mostOrdered);
  return {
    of: 'time',
    name: 'their place in the file',
    order: Int32Array.from({ length }, (_, i) => rows - length + i),
  };
}
