import type { Table } from '../../../shared/dataset/table/table.ts';
import { dependenceInTime } from '../../../shared/drift/dependence/row-dependence.ts';
import type { TimesIn } from '../../../shared/source/engine-times.ts';
import type { Dialect } from '../../../shared/sql/dialect.ts';

/** Rows in whose order dependence is measured. */
const newestRows = 2048;

/** Reads some rows, cleaned. @param only the one column that is read; all without it. */
export type DrawCleaned = (
  conditions: readonly string[],
  order: string,
  drawn: { readonly limit: number; readonly only?: string },
) => Promise<Table>;

/**
 * The newest rows of an engine. First their times alone: where these are too coarse to tell an order, as days of a large table
 * are, there is nothing to be measured, and no more is read.
 *
 * @param evenly order of rows that share a time: which of those of the oldest are drawn must not depend on an engine's threads.
 */
export async function drawNewest(
  { name, sql }: TimesIn,
  draw: DrawCleaned,
  { where, evenly, dialect }: { where: readonly string[]; evenly: string; dialect: Dialect },
): Promise<Table> {
  const times = await draw(where, `${sql} DESC`, { limit: newestRows, only: name });
  const column = times.columns.get(name);
  if (column?.type !== 'number' && column?.type !== 'date') return times;
  if (dependenceInTime(column.values, name, column.type).of === 'unknown') return times;
  const oldest = column.values.reduce((least, time) => Math.min(least, time));
  // So that only those few rows are put in that order.
  const since = [...where, `${sql} >= ${dialect.number(oldest)}`];
  return draw(since, `${sql} DESC, ${evenly}`, { limit: newestRows });
}
