import { day, hour } from '../../platform/time-lengths.ts';

/** The largest time, either way, that a date can hold (ECMA-262, Time Values and Time Range). */
export const largestTime = 8.64e15;

/** A day of the calendar; months and days count from 1. */
interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * The proleptic Gregorian day of a time in UTC, by arithmetic on 400-year eras that start in March (Howard Hinnant,
 * "chrono-compatible low-level date algorithms", civil_from_days): several times faster than a Date.
 */
export function calendarDay(time: number): CalendarDay {
  const days = Math.floor(time / day) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** Start of a time's year in UTC, milliseconds since 1970. */
export function startOfYear(time: number): number {
  const { year } = calendarDay(time);
  const leapDays =
    Math.floor((year - 1969) / 4) - Math.floor((year - 1901) / 100) + Math.floor((year - 1601) / 400);
  return (365 * (year - 1970) + leapDays) * day;
}

function daysInYear(year: number): number {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 366 : 365;
}

function floorMod(value: number, by: number): number {
  const rest = value % by;
  return (rest < 0 ? rest + by : rest) + 0;
}

/** Parts of a date that are numbers, in UTC: `timestamp` is days since 1970 with fractions, `day` is 1 to 31. */
export const linearParts = {
  timestamp: (time: number): number => time / day,
  year: (time: number): number => calendarDay(time).year,
  day: (time: number): number => calendarDay(time).day,
} as const;

/** A part that comes round again: `step` of `steps(time)`, from 0. */
interface CyclicPart {
  step(time: number): number;
  steps(time: number): number;
}

/** Parts of a date that are places in a cycle, in UTC: months from January, days of the week from Monday. */
export const cyclicParts = {
  month: { step: (time) => calendarDay(time).month - 1, steps: () => 12 },
  // 1970-01-01 was a Thursday, three days after Monday.
  weekday: { step: (time) => floorMod(Math.floor(time / day) + 3, 7), steps: () => 7 },
  hour: { step: (time) => Math.floor(floorMod(time, day) / hour), steps: () => 24 },
  'day-of-year': {
    step: (time) => Math.floor((time - startOfYear(time)) / day),
    steps: (time) => daysInYear(calendarDay(time).year),
  },
} as const satisfies Record<string, CyclicPart>;
