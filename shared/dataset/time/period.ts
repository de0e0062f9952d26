import { day } from '../../platform/time-lengths.ts';
import { calendarDay } from '../values/date-parts.ts';
import type { TimeColumn } from './window.ts';

/** The periods of event times: by row, with their names in order of time. */
export interface Periods {
  readonly codes: Uint32Array;
  readonly names: readonly string[];
  /** The width of a number column's periods, where it is not 1. */
  readonly step?: number;
}

/** Most periods that a lock lists. */
const mostPeriods = 1000;
/** Rows without an event time have a period of their own. */
const noTime = '(no time)';

/**
 * Divides rows into periods: a date's UTC month (`2026-03`); a number's own value, or, where there are more than
 * 1,000 of them, its value floored to a multiple of the smallest power of ten that makes them fewer.
 *
 * @param step the width of a number's periods, when a lock has fixed it.
 */
export function periodsOf(column: TimeColumn, step?: number): Periods {
  if (column.type === 'date') {
    const months = groupBy(column.values, monthFinder(), Number.POSITIVE_INFINITY)!;
    return namePeriods(months, monthName);
  }
  for (let width = step ?? 1; ; width *= 10) {
    const keyOf = (value: number): number => (Number.isFinite(value) ? Math.floor(value / width) : value);
    const groups = groupBy(column.values, keyOf, step === undefined ? mostPeriods : Number.POSITIVE_INFINITY);
    if (groups)
      return {
        ...namePeriods(groups, (key) => String(key * width)),
        ...(width === 1 ? {} : { step: width }),
      };
  }
}

interface Groups {
  /** By row; `keys.length` where the time is missing. */
  readonly codes: Uint32Array;
  readonly keys: readonly number[];
}

const missing = 0xffffffff;

/** Groups rows by a key; undefined when there are more than `limit` keys. Neighbours mostly share theirs. */
function groupBy(values: Float64Array, keyOf: (value: number) => number, limit: number): Groups | undefined {
  const found = new Map<number, number>();
  const codes = new Uint32Array(values.length);
  let last = Number.NaN;
  let lastCode = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      codes[row] = missing;
      continue;
    }
    const key = keyOf(value);
    if (key !== last) {
      let code = found.get(key);
      if (code === undefined) {
        code = found.size;
        if (code >= limit) return undefined;
        found.set(key, code);
      }
      last = key;
      lastCode = code;
    }
    codes[row] = lastCode;
  }
  return { codes, keys: [...found.keys()] };
}

function namePeriods({ codes, keys }: Groups, nameOf: (key: number) => string): Periods {
  const order = keys.map((_, code) => code).sort((a, b) => keys[a]! - keys[b]!);
  const ranks = new Uint32Array(keys.length);
  for (const [rank, code] of order.entries()) ranks[code] = rank;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    codes[row] = code === missing ? keys.length : ranks[code]!;
  }
  return { codes, names: [...order.map((code) => nameOf(keys[code]!)), noTime] };
}

/** Months since year 0 of a time; the calendar is asked once for each day in a row. */
function monthFinder(): (time: number) => number {
  let lastDay = Number.NaN;
  let month = 0;
  return (time) => {
    const today = Math.floor(time / day);
    if (today !== lastDay) {
      const date = calendarDay(time);
      lastDay = today;
      month = date.year * 12 + date.month - 1;
    }
    return month;
  };
}

function monthName(month: number): string {
  const year = Math.floor(month / 12);
  return `${String(year).padStart(4, '0')}-${String(month - year * 12 + 1).padStart(2, '0')}`;
}
