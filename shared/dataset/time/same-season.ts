// Which earlier rows are of the season of a window: the same days of earlier years, or of earlier weeks.
import { day, week } from '../../platform/time-lengths.ts';
import { calendarDay } from '../values/date-parts.ts';

/** The season of a window among earlier rows. */
export interface SameSeason {
  readonly of: 'years' | 'weeks';
  /** The earlier rows that are of it, by their places among the times that were given. */
  readonly rows: Uint32Array;
  /** How many earlier years or weeks they are of. */
  readonly periods: number;
  /** Days that the span was made longer by at each end, since it had too few rows. */
  readonly widened: number;
}

/** Why there is no such season. */
export interface NoSeason {
  readonly of: 'none';
  readonly why: 'no-times' | 'whole-years' | 'too-few';
  /** Rows of the season that were found. */
  readonly found: number;
}

/** A window of a year or more has every season. */
const year = 365 * day;
/** The span is made longer at each end by at most this share of its length. */
const widest = 0.25;

/**
 * Finds the rows of the season of a window.
 *
 * A window of a week or more is compared with the same days of earlier years, whole days in UTC; where those are fewer
 * than `minRows`, with the days beside them too, at each end at most a quarter of the window's length. A shorter window is
 * compared with the same days and hours of earlier weeks. A window of a year or more has no season.
 *
 * @param window times of the window's rows, milliseconds since 1970; NaN is missing.
 * @param earlier times among which the season is looked for; only those before the window count.
 */
export function sameSeason(
  window: Float64Array,
  earlier: Float64Array,
  { minRows }: { readonly minRows: number },
): SameSeason | NoSeason {
  const { first, last } = spanOf(window);
  if (first > last) return { of: 'none', why: 'no-times', found: 0 };
  // A time stands for as long as it is until the next one: the days of a month are 31, not 30.
  const length = last - first + usualStep(earlier);
  if (length >= year) return { of: 'none', why: 'whole-years', found: 0 };
  const span = { first, last };
  const ways = length < week ? [earlierWeeks(span)] : earlierYears(span, length, spanOf(earlier).first);
  let found = 0;
  for (const { of, widened, periodOf } of ways) {
    const periods = Float64Array.from(earlier, periodOf);
    const rows = Uint32Array.from(periods.keys()).filter((row) => periods[row]! > 0);
    found = rows.length;
    if (found >= minRows) {
      return { of, rows, periods: new Set(Array.from(rows, (row) => periods[row]!)).size, widened };
    }
  }
  return { of: 'none', why: 'too-few', found };
}

interface Span {
  readonly first: number;
  readonly last: number;
}

function spanOf(times: Float64Array): Span {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return { first, last };
}

interface Way extends Pick<SameSeason, 'of' | 'widened'> {
  /** How many years or weeks before the window a time is that is of its season; 0 where it is not. */
  readonly periodOf: (time: number) => number;
}

/** The middle one of the steps between times that follow each other; 0 where there are none. */
function usualStep(times: Float64Array): number {
  const sorted = times.filter((time) => !Number.isNaN(time)).sort();
  const steps: number[] = [];
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i]! - sorted[i - 1]!;
    if (step > 0) steps.push(step);
  }
  return Float64Array.from(steps).sort()[Math.floor(steps.length / 2)] ?? 0;
}

function earlierWeeks({ first, last }: Span): Way {
  return {
    of: 'weeks',
    widened: 0,
    periodOf: (time) => {
      // The span of so many weeks before is the latest that does not begin after the time.
      const weeks = Math.ceil((first - time) / week);
      return weeks > 0 && time <= last - weeks * week ? weeks : 0;
    },
  };
}

function earlierYears(span: Span, length: number, oldest: number): Way[] {
  const from = Math.floor(span.first / day) * day;
  const until = (Math.floor(span.last / day) + 1) * day - 1;
  const apart = (time: number): number => calendarDay(from).year - calendarDay(time).year;
  const spans = Array.from({ length: Math.max(0, apart(oldest) + 1) }, (_, i) => ({
    begins: yearsBefore(from, i + 1),
    ends: yearsBefore(until, i + 1),
  }));
  const most = Math.floor((widest * length) / day);
  return Array.from({ length: most + 1 }, (_, widened) => ({
    of: 'years' as const,
    widened,
    periodOf: (time: number) => {
      if (!(time < from)) return 0;
      // A span of the turn of the year is of two of them, and a longer one may become so.
      const near = apart(time);
      for (let years = Math.max(1, near - 1); years <= Math.min(spans.length, near + 1); years++) {
        const { begins, ends } = spans[years - 1]!;
        if (time >= begins - widened * day && time <= ends + widened * day) return years;
      }
      return 0;
    },
  }));
}

/** The same day and time of an earlier year; 29 February is the 1 March of a year without. */
function yearsBefore(time: number, years: number): number {
  const date = new Date(time);
  return date.setUTCFullYear(date.getUTCFullYear() - years);
}
