import { missingTest } from '../table/missing-rows.ts';
import { columnOf, type Table, takeRows } from '../table/table.ts';
import { type EqualRows, findEqualRows } from './equal-rows.ts';
import { hashRows } from './row-hash.ts';

/** How many times as many pairs of values and label there are, at least, as values, where equal values are many things. */
const labelsPerValue = 1.1;

/**
 * Whether rows that are equal in these columns are many things that look alike, and no copies of one: there are few different
 * ones, in each of which come more than two rows on average, and their labels differ. Passengers of a ship by class, sex and
 * age are such rows; copies of a row have its label.
 *
 * @param names the columns, without the target. @param equal which rows are equal in them.
 */
export function areManyThings(
  table: Table,
  { names, target, equal }: { names: readonly string[]; target: string; equal: EqualRows },
): boolean {
  if (equal.repeated * 2 <= table.rows) return false;
  const isMissing = missingTest(columnOf(table, target));
  const labelled = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => !isMissing(row));
  if (labelled.length === 0) return false;
  const values = new Set(labelled.map((row) => equal.first[row]!)).size;
  const { repeated } = findEqualRows(hashRows(takeRows(table, labelled), [...names, target]));
  return labelled.length - repeated >= values * labelsPerValue;
}
