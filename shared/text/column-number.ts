/** How the numbers of a column are written: one rule for reports, pages, cards and terminals. */
import { formatNumber, type NumberFormat } from './number-format.ts';

/** What is known of a column's numbers. */
export interface ColumnNumbers {
  /** Numbers that stand for all of them: the ends of their range, or those that are shown. */
  readonly among: readonly number[];
  readonly unit?: string | undefined;
}

/** The years that data are about: whole numbers of a column without a unit, all of them in these centuries. */
const [firstYear, lastYear] = [1500, 2199];

/** A number of a column: thousands apart as everywhere, but `1976` where all of the column's numbers read as years. */
export function columnNumber(
  value: number,
  { among, unit }: ColumnNumbers,
  format: Omit<NumberFormat, 'unit'> = {},
): string {
  const years =
    unit === undefined &&
    [value, ...among].every((one) => Number.isInteger(one) && one >= firstYear && one <= lastYear);
  return formatNumber(value, { ...format, plain: years });
}
