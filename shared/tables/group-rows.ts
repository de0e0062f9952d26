import { table as arqueroTable, type ColumnTable, op } from 'arquero';
import type { RollupKind } from '../config/sections/steps-section.ts';
import type { Column } from '../dataset/table/table.ts';
import { noKey, rowsByKey } from './key-codes.ts';
import { type RollupColumn, rolledColumn, rollupValues } from './rollup-values.ts';
import { noRow, takeOrMissing } from './work-table.ts';

/** arquero's types say what an operator gives inside of a function, where it is a number. */
type Aggregates = Parameters<ColumnTable['rollup']>[0];

/** Groups of rows. */
export interface RolledGroups {
  /** Of each group its first row. */
  readonly first: Int32Array;
  readonly columns: readonly (readonly [string, Column])[];
}

/**
 * Rolls the rows of each key up, by arquero's `groupby` and `rollup`. Rows are added in their own order, so that the bytes of
 * a sum repeat; groups are in order of first appearance. arquero sees numbers under names of ours, and operators: no text of
 * a user's reaches its parser.
 *
 * @param codes see `keyCodes`; rows without a key are in no group.
 * @param times what `last` goes by; default the order of the rows.
 */
export function rollUpGroups(
  codes: Int32Array,
  columns: readonly RollupColumn[],
  times?: Float64Array,
): RolledGroups {
  const rows = codes.map((_, row) => row).filter((row) => codes[row] !== noKey);
  const byTime = columns.some(({ kind }) => kind === 'last') ? rowOrder(codes, times) : undefined;
  const data: Record<string, ArrayLike<number>> = { code: rows.map((row) => codes[row]!), row: rows };
  const wanted: Record<string, unknown> = { first: op.min('row'), count: op.count() };
  for (const [i, { kind, column }] of columns.entries()) {
    const value = `value${i}`;
    if (column) {
      data[value] = taken(kind === 'last' ? ranked(column, byTime!.rank) : rollupValues(column), rows);
      wanted[`valid${i}`] = op.valid(value);
    }
    wanted[`result${i}`] = operatorOf(kind, value);
  }
  const rolled = arqueroTable(data)
    .groupby('code')
    .rollup(wanted as Aggregates);
  const order = inOrder(rolled.array('code') as number[]);
  const result = (name: string): Float64Array => {
    const values = rolled.array(name) as (number | undefined)[];
    return Float64Array.from(order, (at) => values[at] ?? Number.NaN);
  };
  return {
    first: Int32Array.from(result('first')),
    columns: columns.map((rollup, i) => [rollup.name, finished(rollup, result, i, byTime)] as const),
  };
}

function finished(
  rollup: RollupColumn,
  result: (name: string) => Float64Array,
  i: number,
  byTime: RowOrder | undefined,
): Column {
  const values = result(`result${i}`);
  if (rollup.kind === 'last') {
    const rows = Int32Array.from(values, (rank) => (Number.isNaN(rank) ? noRow : byTime!.rows[rank]!));
    return takeOrMissing(rollup.column!, rows);
  }
  if (rollup.kind !== 'distinct' && rollup.kind !== 'mean') return rolledColumn(rollup, values);
  const valid = result(`valid${i}`);
  const counts = result('count');
  const corrected = values.map((value, group) =>
    // arquero takes missing for a distinct value of its own.
    rollup.kind === 'mean' ? value / valid[group]! : value - Number(valid[group]! < counts[group]!),
  );
  return rolledColumn(rollup, corrected);
}

/** A mean is the sum by the count, as that of a window is: arquero's own runs along, and has other last digits. */
function operatorOf(kind: RollupKind, value: string): unknown {
  if (kind === 'count') return op.count();
  if (kind === 'last') return op.max(value);
  return kind === 'mean' ? op.sum(value) : op[kind](value);
}

/** Rows in order of time. */
interface RowOrder {
  readonly rows: Int32Array;
  /** The place of each row in it; NaN of a row that is in no group, or has no time. */
  readonly rank: Float64Array;
}

function rowOrder(codes: Int32Array, times: Float64Array | undefined): RowOrder {
  const { rows } = rowsByKey(codes, times);
  const rank = new Float64Array(codes.length).fill(Number.NaN);
  rows.forEach((row, place) => {
    rank[row] = place;
  });
  return { rows, rank };
}

/** The ranks of the rows whose value is there: the last value is the last known one. */
function ranked(column: Column, rank: Float64Array): Float64Array {
  const values = rollupValues(column);
  return rank.map((place, row) => (Number.isNaN(values[row]!) ? Number.NaN : place));
}

function taken(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

function inOrder(codes: readonly number[]): Int32Array {
  return Int32Array.from(codes.keys()).sort((a, b) => codes[a]! - codes[b]!);
}
