import { columnOf, type Table, valueAt } from '../../shared/dataset/table/table.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';

/** By row, the value of the column by which rows lie together; undefined where they do not. */
export function groupsOf(table: Table, group: string | undefined): readonly string[] | undefined {
  if (group === undefined || !table.columns.has(group)) return undefined;
  const column = columnOf(table, group);
  return Array.from({ length: table.rows }, (_, row) => String(valueAt(column, row)));
}

/** Predictions of a table's rows that say which of them lie together: intervals draw those together. */
export function withGroups(predictions: Predictions, table: Table, group: string | undefined): Predictions {
  const groups = groupsOf(table, group);
  return groups ? { ...predictions, groups } : predictions;
}
