import type { NumberColumn } from '../table/table.ts';
import { dateReader } from '../values/date-format.ts';

/** Values looked at before all are. */
const looked = 100;
const firstDay = 19_000_101;
const lastDay = 21_001_231;
const fewestDays = 3;

/** The format of days that are written as whole numbers. */
export const compactDays = 'yyyyMMdd';
const read = dateReader(compactDays, 'format');

/** Whether a whole number is a day written as one, `20240104`. */
function isCompactDay(value: number): boolean {
  return (
    value >= firstDay && value <= lastDay && Number.isInteger(value) && read(String(value)) !== undefined
  );
}

/**
 * Whether more than half of a column of numbers are days written as `20240104`. Of numbers drawn evenly between 1900
 * and 2100 three in a hundred are days, so that a column of other numbers hardly ever is one.
 */
export function holdsCompactDays({ values }: NumberColumn): boolean {
  let present = 0;
  let days = 0;
  const different = new Set<number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    present++;
    if (isCompactDay(value)) {
      days++;
      if (different.size < fewestDays) different.add(value);
    }
    if (present === looked && days * 2 <= present) return false;
  }
  return days * 2 > present && different.size >= fewestDays;
}
