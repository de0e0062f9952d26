import { ConfigurationError } from '../../platform/errors.ts';
import { formatCount } from '../../text/counts.ts';
import type { RowPlaces } from '../table/row-place.ts';
import type { CategoryColumn } from '../table/table.ts';
import { quotedValue } from './column-hints.ts';

const shownStrays = 5;

/** Texts of a column that cannot be what the column is taken for. */
export interface StrayValues {
  /** The column's. */
  readonly name: string;
  /** Says of each entry of the dictionary whether it is out of place. */
  readonly isStray: (code: number) => boolean;
  readonly places: RowPlaces;
  /** The first line, given how many rows are out of place and how many hold a value. */
  readonly problem: (strays: number, present: number) => string;
  readonly remedy: string;
}

/**
 * Refuses a column that holds values out of place, naming the first five with file and row.
 *
 * @throws ConfigurationError when there is any.
 */
export function refuseStrays(
  column: CategoryColumn,
  { name, isStray, places, problem, remedy }: StrayValues,
): void {
  const stray = Uint8Array.from(column.dictionary, (_, code) => (isStray(code) ? 1 : 0));
  if (!stray.includes(1)) return;
  const first: number[] = [];
  let strays = 0;
  let present = 0;
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row]!;
    if (code < 0) continue;
    present++;
    if (stray[code] === 0) continue;
    if (strays < shownStrays) first.push(row);
    strays++;
  }
  if (strays === 0) return;
  const lines = first.map(
    (row) => `  ${places.describe(row)}: ${quotedValue(name, column.dictionary[column.codes[row]!])}`,
  );
  if (strays > first.length) lines.push(`  and ${formatCount(strays - first.length)} more`);
  throw new ConfigurationError([problem(strays, present), ...lines, remedy].join('\n'));
}
