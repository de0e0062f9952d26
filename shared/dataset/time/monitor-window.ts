import type { WindowConfig } from '../../config/sections/monitor-section.ts';
import { day } from '../../platform/time-lengths.ts';
import { formatCount } from '../../text/counts.ts';
import { shownTime } from '../../text/shown-time.ts';
import { newestTime, type TimeColumn, windowEnd } from './window.ts';
import { checkWindow, spanOf } from './window-span.ts';

/** Which of the rows that arrived are looked at. */
export interface MonitorWindow {
  /** Row numbers, in the source's order. */
  readonly rows: Uint32Array;
  /** They are newer than this, as a window's end is written. */
  readonly after?: string;
  /** The newest of them. */
  readonly until?: string;
  /** `rows with year after 1976` */
  readonly words: string;
  /** How long it is in days, of dates with a row in the window: of a calendar's, or a span's, whatever rows there are. */
  readonly days?: number;
  /** How many rows are newer than `after`, in the window or not: the last whole year may have none of them. */
  readonly newer: number;
  /** Rows without an event time, which no window has. */
  readonly untimed: number;
}

/** After what a window begins, and how much of the newer rows it takes. */
export interface Bounds {
  /** The ends of windows that are over: of the production model's data, of the last check. The later one counts. */
  readonly ended: readonly string[];
  readonly window: WindowConfig;
}

/**
 * Chooses the rows of a window by their event time.
 *
 * @param name of the column of the event time, for messages.
 * @throws ConfigurationError for a calendar or a span of time where the event time is a number, and the reverse.
 */
export function monitorWindow(times: TimeColumn, name: string, { ended, window }: Bounds): MonitorWindow {
  const timed = rowsWhere(times, (time) => !Number.isNaN(time));
  const untimed = times.values.length - timed.length;
  const after = latest(ended, times);
  const end = after === undefined ? Number.NEGATIVE_INFINITY : windowEnd(after, times, 'monitor.window');
  const newer = timed.filter((row) => times.values[row]! > end);
  const chosen = choose(newer, times, name, window);
  const until = chosen.rows.length > 0 ? newestTime(takeTimes(times, chosen.rows), name) : undefined;
  return {
    rows: chosen.rows,
    untimed,
    newer: newer.length,
    words: windowWords(name, { span: chosen.words, after, until }),
    ...(times.type === 'date' && chosen.rows.length > 0
      ? {
          days:
            chosen.days ?? daysOf(times, chosen.rows, window['last-rows'] === undefined ? end : undefined),
        }
      : {}),
    ...(after === undefined ? {} : { after }),
    ...(until === undefined ? {} : { until }),
  };
}

/** `rows with year after 1976 up to 1979` */
export function windowWords(
  name: string,
  {
    span,
    after,
    until,
  }: {
    readonly span: string | undefined;
    readonly after: string | undefined;
    readonly until: string | undefined;
  },
): string {
  return [
    span ?? (after === undefined ? 'all rows' : 'rows'),
    ...(after === undefined ? [] : [`with ${name} after ${shownTime(after)}`]),
    ...(until === undefined ? [] : [`up to ${shownTime(until)}`]),
  ].join(' ');
}

/** Days from the end of what was looked at before, or else from the first row on, to the newest row. */
function daysOf({ values }: TimeColumn, rows: Uint32Array, end: number | undefined): number {
  const days = Array.from(rows, (row) => Math.floor(values[row]! / day)).sort((a, b) => a - b);
  const first = end === undefined || end === Number.NEGATIVE_INFINITY ? days[0]! : Math.floor(end / day) + 1;
  return days.at(-1)! - first + 1;
}

function rowsWhere({ values }: TimeColumn, wanted: (time: number) => boolean): Uint32Array {
  const rows = new Uint32Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) if (wanted(values[row]!)) rows[count++] = row;
  return rows.slice(0, count);
}

function takeTimes(column: TimeColumn, rows: Uint32Array): TimeColumn {
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) };
}

/** The later one of the ends of windows. */
export function latest(ended: readonly string[], times: Pick<TimeColumn, 'type'>): string | undefined {
  const endOf = (text: string): number => windowEnd(text, times, 'the end of the last window');
  return ended.toSorted((a, b) => endOf(a) - endOf(b)).at(-1);
}

interface Chosen {
  readonly rows: Uint32Array;
  readonly days?: number;
  readonly words?: string;
}

function choose(rows: Uint32Array, times: TimeColumn, name: string, window: WindowConfig): Chosen {
  const { 'last-rows': lastRows } = window;
  // What does not fit the event time is a mistake on a day without rows, too.
  checkWindow(times, name, window);
  if (rows.length === 0) return { rows };
  const timeOf = (row: number): number => times.values[row]!;
  if (lastRows !== undefined) {
    // Of rows of one time the later ones of the source; then in its order again.
    const newest = rows.toSorted((a, b) => timeOf(a) - timeOf(b) || a - b).slice(-lastRows);
    return {
      rows: newest.toSorted((a, b) => a - b),
      words: `the newest ${formatCount(newest.length)} rows`,
    };
  }
  const newest = rows.reduce((most, row) => Math.max(most, timeOf(row)), Number.NEGATIVE_INFINITY);
  const span = spanOf(newest, times, name, window);
  if (!span) return { rows };
  const { words, days } = span;
  return {
    rows: rows.filter((row) => timeOf(row) > span.after && timeOf(row) <= span.until),
    words,
    ...(days === undefined ? {} : { days }),
  };
}
