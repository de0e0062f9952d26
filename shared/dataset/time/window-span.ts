import type { WindowConfig } from '../../config/sections/monitor-section.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { day } from '../../platform/time-lengths.ts';
import { calendarDay } from '../values/date-parts.ts';
import type { TimeColumn } from './window.ts';

/** @throws ConfigurationError for a calendar or a span of time where the event time is a number, and the reverse. */
export function checkWindow(
  times: Pick<TimeColumn, 'type'>,
  name: string,
  { last, calendar }: WindowConfig,
): void {
  if (last !== undefined) lengthOf(last, times, name);
  if (calendar !== undefined && times.type === 'number') {
    throw new ConfigurationError(
      `monitor.window.calendar is ${calendar}, but the event time ${name} is a number: choose last, in its unit, or last-rows`,
    );
  }
}

/** A part of the event time that a window takes. */
interface Span {
  /** Rows are newer than this, */
  readonly after: number;
  /** and not newer than this. */
  readonly until: number;
  readonly days?: number;
  readonly words: string;
}

/**
 * The part of the rows that `last` or `calendar` asks for; undefined where neither does.
 *
 * @param newest event time of the newest row.
 * @param name of the column of the event time, for messages.
 * @throws ConfigurationError as {@link checkWindow}.
 */
export function spanOf(
  newest: number,
  times: Pick<TimeColumn, 'type'>,
  name: string,
  { last, calendar }: WindowConfig,
): Span | undefined {
  if (last !== undefined) {
    const length = lengthOf(last, times, name);
    return {
      after: newest - length,
      until: newest,
      ...('units' in last ? {} : { days: length / day }),
      words: `rows of the last ${'units' in last ? last.units : `${last.milliseconds / day} days`}`,
    };
  }
  if (calendar === undefined) return undefined;
  const end = startOfPeriod(newest, calendar);
  const start = startOfPeriod(end - 1, calendar);
  return {
    // Times are whole milliseconds.
    after: start - 1,
    until: end - 1,
    days: (end - start) / day,
    words: `rows of the ${calendar} from ${new Date(start).toISOString().slice(0, 10)}`,
  };
}

function lengthOf(
  last: NonNullable<WindowConfig['last']>,
  { type }: Pick<TimeColumn, 'type'>,
  name: string,
): number {
  if ('units' in last && type === 'number') return last.units;
  if ('milliseconds' in last && type === 'date') return last.milliseconds;
  throw new ConfigurationError(
    'units' in last
      ? `monitor.window.last is ${last.units}, but the event time ${name} is a date: write a span of time such as ${last.units}d`
      : `monitor.window.last is a span of time, but the event time ${name} is a number: write a number in its unit`,
  );
}

/** First millisecond of the period that a time is in, UTC. */
function startOfPeriod(time: number, period: NonNullable<WindowConfig['calendar']>): number {
  const midnight = Math.floor(time / day) * day;
  const { year, month } = calendarDay(time);
  const first = (from: number): number => new Date(0).setUTCFullYear(year, from - 1, 1);
  switch (period) {
    case 'day':
      return midnight;
    case 'week':
      // 1970-01-01 was a Thursday.
      return midnight - ((((midnight / day + 3) % 7) + 7) % 7) * day;
    case 'month':
      return first(month);
    case 'quarter':
      return first(month - ((month - 1) % 3));
    case 'year':
      return first(1);
  }
}
