import { ConfigurationError, quote } from '../platform/errors.ts';
import type { Column } from './table.ts';

const datePattern = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

/** The event times of a table: numbers, or milliseconds since 1970. */
export function timesOf(column: Column, name: string): Float64Array {
  if (column.type === 'number' || column.type === 'date') return column.values;
  throw new ConfigurationError(
    `data.time: column ${quote(name)} is a ${column.type}; event time is a number (a year, a Unix time) or a date: declare features.${name}.type: date and its format`,
  );
}

/**
 * The last event time inside a window whose end is written `until`, inclusive at the precision written: for dates
 * `2026` ends with the year, `2026-03` with the month, `2026-03-31` with the day.
 *
 * @throws ConfigurationError when the text is no such end.
 */
export function windowEnd(until: string, column: Column, where: string): number {
  if (column.type === 'number') {
    const value = Number(until);
    if (until.trim() !== '' && Number.isFinite(value)) return value;
    throw new ConfigurationError(
      `${where}: ${quote(until)} is not a number, as the time column's values are`,
    );
  }
  const match = datePattern.exec(until);
  if (match) {
    const [, year, month, day] = match;
    const next = day
      ? Date.UTC(Number(year), Number(month) - 1, Number(day) + 1)
      : month
        ? Date.UTC(Number(year), Number(month), 1)
        : Date.UTC(Number(year) + 1, 0, 1);
    return next - 1;
  }
  const time = Date.parse(until);
  if (!Number.isNaN(time)) return time;
  throw new ConfigurationError(
    `${where}: ${quote(until)} is not a date: write 2026, 2026-03, 2026-03-31 or 2026-03-31T12:00:00Z`,
  );
}

/** The newest event time, as a window's end is written. @throws ConfigurationError when no row has one. */
export function newestTime(times: Float64Array, type: 'number' | 'date', name: string): string {
  let newest = Number.NEGATIVE_INFINITY;
  for (const time of times) if (time > newest) newest = time;
  if (newest === Number.NEGATIVE_INFINITY) {
    throw new ConfigurationError(`data.time: no row has a value in column ${quote(name)}`);
  }
  return type === 'number' ? String(newest) : new Date(newest).toISOString();
}

/** The periods of event times: by code, with their names in order of time. */
export interface Periods {
  readonly codes: Uint32Array;
  readonly names: readonly string[];
}

/** Rows without an event time have a period of their own. */
const noTime = '(no time)';

/**
 * Divides rows into periods: a date's UTC month (`2026-03`), or a number's own value, floored to a multiple of `step`.
 */
export function periodsOf(times: Float64Array, type: 'number' | 'date', step: number): Periods {
  const keyOf = type === 'date' ? monthOf : (value: number): number => Math.floor(value / step);
  const found = new Map<number, number>();
  const raw = new Uint32Array(times.length);
  const missing = 0xffffffff;
  let last = Number.NaN;
  let lastCode = 0;
  for (let row = 0; row < times.length; row++) {
    const time = times[row]!;
    if (Number.isNaN(time)) {
      raw[row] = missing;
      continue;
    }
    const key = keyOf(time);
    if (key !== last) {
      let code = found.get(key);
      if (code === undefined) {
        code = found.size;
        found.set(key, code);
      }
      last = key;
      lastCode = code;
    }
    raw[row] = lastCode;
  }
  const keys = [...found.keys()];
  const order = keys.map((_, code) => code).sort((a, b) => keys[a]! - keys[b]!);
  const rank = new Uint32Array(keys.length);
  for (const [place, code] of order.entries()) rank[code] = place;
  const codes = raw.map((code) => (code === missing ? keys.length : rank[code]!));
  const nameOf = type === 'date' ? monthName : (key: number): string => String(key * step);
  return { codes, names: [...order.map((code) => nameOf(keys[code]!)), noTime] };
}

/** The step that keeps a number column's periods at 1,000 or fewer: 1 or a power of ten. */
export function periodStep(times: Float64Array): number {
  let step = 1;
  for (;;) {
    const distinct = new Set<number>();
    for (const time of times) {
      if (!Number.isNaN(time)) distinct.add(Math.floor(time / step));
      if (distinct.size > 1000) break;
    }
    if (distinct.size <= 1000) return step;
    step *= 10;
  }
}

function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function monthName(key: number): string {
  return `${String(Math.floor(key / 12)).padStart(4, '0')}-${String((key % 12) + 1).padStart(2, '0')}`;
}
