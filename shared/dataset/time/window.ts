// Spans of the event time: windows, periods, the end of a lock.
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { day, minute, second } from '../../platform/time-lengths.ts';
import type { Column, DateColumn, NumberColumn } from '../table/table.ts';
import { parseIsoDate } from '../values/iso-date.ts';

/** A column of event times: numbers, or dates in milliseconds since 1970. */
export type TimeColumn = NumberColumn | DateColumn;

/** The column as event times; undefined where there is none, and of texts and booleans. */
export function asTimes(column: Column | undefined): TimeColumn | undefined {
  return column?.type === 'number' || column?.type === 'date' ? column : undefined;
}

/** The column as event times. @throws ConfigurationError for texts and booleans. */
export function timesOf(column: Column, name: string): TimeColumn {
  const times = asTimes(column);
  if (times) return times;
  throw new ConfigurationError(
    `data.time: column ${quote(name)} is a ${column.type}; event time is a number (a year, a Unix time) or a date: declare features.${name}.type: date, and its format`,
  );
}

/** How long a date of so many characters lasts, for those whose length does not vary. */
const precisions: readonly { readonly pattern: RegExp; readonly lasts: number }[] = [
  { pattern: /^[^T ]{10}$/, lasts: day },
  { pattern: /[T ]\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)?$/, lasts: minute },
  { pattern: /[T ]\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)?$/, lasts: second },
];

/**
 * The last event time inside a window whose end is written `until`, inclusive at the precision written: for dates
 * `2026` ends with the year, `2026-03` with the month, `2026-03-31` with the day, `2026-03-31T12:00` with the minute,
 * all in UTC where no offset is given; a number is the last value itself.
 *
 * @param where what gave the text, for messages.
 * @throws ConfigurationError when the text is not such an end.
 */
export function windowEnd(until: string, column: Pick<TimeColumn, 'type'>, where: string): number {
  if (column.type === 'number') {
    const value = Number(until);
    if (until.trim() !== '' && Number.isFinite(value)) return value;
    throw new ConfigurationError(
      `${where}: ${quote(until)} is not a number, as the time column's values are`,
    );
  }
  const start = parseIsoDate(until);
  if (start === undefined) {
    throw new ConfigurationError(
      `${where}: ${quote(until)} is not a date: write 2026, 2026-03, 2026-03-31 or 2026-03-31T12:00:00Z`,
    );
  }
  const [year, month] = until.split('-').map(Number);
  if (/^\d{4}$/.test(until)) return startOfMonth(year! + 1, 1) - 1;
  if (/^\d{4}-\d\d$/.test(until)) return startOfMonth(year!, month! + 1) - 1;
  const precision = precisions.find(({ pattern }) => pattern.test(until));
  return start + (precision?.lasts ?? 1) - 1;
}

/** The first millisecond of a month, from 1; 13 is the next year's first. */
function startOfMonth(year: number, month: number): number {
  // Date.UTC would take the years 0 to 99 for the twentieth century's.
  return new Date(0).setUTCFullYear(year, month - 1, 1);
}

/** The newest event time, as a window's end is written. @throws ConfigurationError when no row has one. */
export function newestTime({ values, type }: TimeColumn, name: string): string {
  let newest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    const time = values[row]!;
    if (time > newest && time !== Number.POSITIVE_INFINITY) newest = time;
  }
  if (newest === Number.NEGATIVE_INFINITY) {
    throw new ConfigurationError(
      `data.time: no row has a value in column ${quote(name)}: is it the right column, and are prepare.missing-markers right?`,
    );
  }
  return timeText(newest, { type });
}

/** An event time as it is written. */
export function timeText(time: number, { type }: Pick<TimeColumn, 'type'>): string {
  return type === 'number' ? String(time + 0) : new Date(time).toISOString();
}
