import type { TimeColumn } from '../../dataset/time/window.ts';
import { calendarDay } from '../../dataset/values/date-parts.ts';
import { day } from '../../platform/time-lengths.ts';

/** Rows of one period of the event time. */
export interface ShownPeriod {
  /** `2026-03-01`, `week of 2026-03-02`, `2026-03`, `2026-Q1`, `2026`, `2020 to 2029`; of a number `1976`, `1970 to 1974`. */
  readonly period: string;
  readonly rows: Uint32Array;
}

/** How event times are divided. */
interface Division {
  keyOf(time: number): number;
  nameOf(key: number): string;
  /** Not used where its periods have fewer rows than a figure needs. */
  readonly fine?: boolean;
}

const mostPeriods = 60;
/** Rows without an event time have a period of their own. */
const noTime = '(no time)';

/**
 * Rows by period of their event time, the oldest first, so that all of them are shown in at most sixty periods: dates by the
 * day, week, month, quarter, year, 10 years and so on, numbers by themselves or by 2, 5, 10 and so on together. Days and weeks only
 * where they have `fewest` rows in the mean.
 */
export function shownPeriods(times: TimeColumn, fewest: number): ShownPeriod[] {
  for (const division of divisions(times)) {
    const groups = grouped(times.values, division);
    if (!groups) continue;
    if (division.fine && times.values.length < fewest * groups.size) continue;
    return [...groups]
      .sort(([a], [b]) => (Number.isNaN(a) ? 1 : Number.isNaN(b) ? -1 : a - b))
      .map(([key, rows]) => ({
        period: periodName(key, division),
        rows: Uint32Array.from(rows),
      }));
  }
  return [];
}

function periodName(key: number, { nameOf }: Division): string {
  if (Number.isNaN(key)) return noTime;
  return Number.isFinite(key) ? nameOf(key) : String(key);
}

/** Undefined where there are too many groups. */
function grouped(values: Float64Array, { keyOf }: Division): Map<number, number[]> | undefined {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const key = Number.isFinite(value) ? keyOf(value) : value;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
    if (groups.size > mostPeriods) return undefined;
  }
  return groups;
}

function* divisions({ type, values }: TimeColumn): Generator<Division> {
  if (type === 'date') {
    yield* calendar;
    for (const width of widths()) yield spans(width, (time) => calendarDay(time).year, true);
  }
  const whole = values.every((value) => !Number.isFinite(value) || Number.isInteger(value));
  for (const width of widths()) yield spans(width, (value) => value, whole);
}

/** 1, 2, 5, 10, 20, 50 and so on. */
function* widths(): Generator<number> {
  for (let ten = 1; Number.isFinite(ten); ten *= 10) for (const step of [1, 2, 5]) yield ten * step;
}

function spans(width: number, of: (value: number) => number, whole: boolean): Division {
  return {
    keyOf: (value) => Math.floor(of(value) / width),
    nameOf: (key) => {
      const from = key * width;
      if (width === 1) return String(from);
      return whole ? `${from} to ${from + width - 1}` : `${from} to below ${from + width}`;
    },
  };
}

/** Days since the Monday before 1970-01-01, a Thursday. */
const sinceMonday = (time: number): number => Math.floor(time / day) + 3;

const calendar: readonly Division[] = [
  { keyOf: (time) => Math.floor(time / day), nameOf: dayName, fine: true },
  {
    keyOf: (time) => Math.floor(sinceMonday(time) / 7),
    nameOf: (week) => `week of ${dayName(week * 7 - 3)}`,
    fine: true,
  },
  { keyOf: monthOf, nameOf: monthName },
  {
    keyOf: (time) => Math.floor(monthOf(time) / 3),
    nameOf: (quarter) => `${yearName(quarter * 3)}-Q${quarter - Math.floor(quarter / 4) * 4 + 1}`,
  },
];

/** Months since year 0. */
function monthOf(time: number): number {
  const { year, month } = calendarDay(time);
  return year * 12 + month - 1;
}

function yearName(month: number): string {
  return String(Math.floor(month / 12)).padStart(4, '0');
}

function monthName(month: number): string {
  return `${yearName(month)}-${String(month - Math.floor(month / 12) * 12 + 1).padStart(2, '0')}`;
}

function dayName(days: number): string {
  const time = days * day;
  return `${monthName(monthOf(time))}-${String(calendarDay(time).day).padStart(2, '0')}`;
}
