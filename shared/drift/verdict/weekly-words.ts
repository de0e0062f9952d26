import { counted } from '../../text/counts.ts';
import { plainNumber } from '../../text/number-format.ts';
import { weeklyLevel } from '../dependence/weekly-pattern.ts';
import type { DriftReport } from '../report/drift-report.ts';

/** Columns that are named. */
const mostNamed = 5;
/** Of so many days one weekday more or less makes no difference. */
const manyDays = 8 * 7;

/**
 * What is said of columns with a weekly pattern; undefined where there is none. A window that is no whole number of weeks has some
 * weekdays more often than others, which can look like drift.
 *
 * @param days that the window is long; undefined where that is not known.
 */
export function weeklyPatternOf(
  columns: readonly string[],
  days: number | undefined,
): DriftReport['weekly-pattern'] {
  if (columns.length === 0) return undefined;
  const known = { columns: [...columns], level: weeklyLevel, ...(days === undefined ? {} : { days }) };
  if (days === undefined || days % 7 === 0 || days >= manyDays) return known;
  const left = columns.length - mostNamed;
  const names = `${columns.slice(0, mostNamed).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
  const length = days === 1 ? 'one day' : `${plainNumber(days, 3)} days`;
  return {
    ...known,
    warning: `the window is ${length} long, no whole number of weeks, and ${counted(columns.length, 'column')} ${columns.length === 1 ? 'has' : 'have'} a weekly pattern (${names}): a weekday more or less can look like drift. Take whole weeks`,
  };
}
