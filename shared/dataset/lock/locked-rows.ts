// The rows that ciclo.lock pins, found again in a source that has grown.
import type { Lock } from '../../config/lock/lock.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { byCount, counted, formatCount } from '../../text/counts.ts';
import { type Periods, periodsOf } from '../time/period.ts';
import { newestTime, type TimeColumn, windowEnd } from '../time/window.ts';

/** Which rows of a source are read. */
export interface LockedRows {
  /** Row numbers in the source's order; absent when all are. */
  readonly rows?: Uint32Array;
  /** With a window: the periods of the rows read, in their order. */
  readonly periods?: Periods;
  readonly window?: NonNullable<Lock['data']['window']>;
  readonly afterWindow: number;
  readonly late: number;
  /** Late rows by the name of their period. */
  readonly lateByPeriod: ReadonlyMap<string, number>;
}

/** How the lock is to be treated. */
export interface LockUse {
  readonly lock?: Lock | undefined;
  /** Make new pins, up to `until` (`latest`: the newest row) or the former window's end. */
  readonly move?: { readonly until?: string } | undefined;
  /** The newest time of all rows, where these are drawn of more. */
  readonly newest?: string | undefined;
}

/** The lock that the rows must agree with: none when it is about to move. */
export function bindingLock({ lock, move }: LockUse): Lock | undefined {
  return move ? undefined : lock;
}

/** The event times of a source, when the configuration names them. */
export interface SourceTimes {
  readonly name: string;
  readonly column: TimeColumn;
}

/**
 * Finds the rows to be read: those up to the window's end; with a lock, of each period as many as it pins, the first
 * ones. Rows behind them came late: they are reported, and wait for the next lock.
 *
 * @param times absent when there is no `data.time`: all rows are read.
 * @throws ConfigurationError for a window that the data cannot have.
 */
export function lockedRows(times: SourceTimes | undefined, use: LockUse, logger: Logger): LockedRows {
  const lock = bindingLock(use);
  if (lock) checkSameWindow(lock, times?.name);
  if (times) return windowedRows(times, use, lock, logger);
  if (use.move?.until !== undefined && use.move.until !== 'latest') {
    throw new ConfigurationError(
      `lock --until ${use.move.until}: ciclo.yml declares no data.time, so the data has no window; name the column of the event time there`,
    );
  }
  return { afterWindow: 0, late: 0, lateByPeriod: new Map() };
}

function checkSameWindow(lock: Lock, time: string | undefined): void {
  const locked = lock.data.window?.column;
  if (locked === time) return;
  throw new ConfigurationError(
    `ciclo.lock was made ${locked === undefined ? 'without data.time' : `with data.time: ${locked}`}, ciclo.yml now ${time === undefined ? 'has none' : `says ${time}`}: run ciclo lock to accept the change`,
  );
}

function windowedRows(
  { name, column }: SourceTimes,
  use: LockUse,
  lock: Lock | undefined,
  logger: Logger,
): LockedRows {
  const former = use.lock?.data.window?.column === name ? use.lock.data.window.until : undefined;
  const asked = use.move?.until ?? former;
  const until = asked === undefined || asked === 'latest' ? (use.newest ?? newestTime(column, name)) : asked;
  const end = windowEnd(until, column, lock ? 'ciclo.lock: data.window.until' : 'lock --until');
  const inside = rowsUpTo(column.values, end);
  if (inside.length === 0 && !lock) {
    throw new ConfigurationError(
      `lock --until ${until}: no row has ${name} up to then; the earliest is ${earliest(column)}`,
    );
  }
  const selected = inside.length === column.values.length ? column : takeTimes(column, inside);
  const periods = periodsOf(selected, lock ? (lock.data.window?.step ?? 1) : undefined);
  const window = { column: name, until, ...(periods.step === undefined ? {} : { step: periods.step }) };
  const afterWindow = column.values.length - inside.length;
  const pinned = lock ? pinnedRows(lock, periods) : undefined;
  if (!pinned || pinned.late === 0) {
    return {
      window,
      periods,
      afterWindow,
      late: 0,
      lateByPeriod: new Map(),
      ...(afterWindow > 0 ? { rows: inside } : {}),
    };
  }
  const { late, lateByPeriod, keep } = pinned;
  logger.warn(
    `${counted(late, 'row')} inside the lock's window arrived after it was written (${listPeriods(lateByPeriod)}) and ${byCount(late, 'is', 'are')} left out: ciclo lock takes ${byCount(late, 'it', 'them')} in`,
  );
  const codes = keep.map((i) => periods.codes[i]!);
  return {
    rows: keep.map((i) => inside[i]!),
    window,
    periods: { ...periods, codes },
    afterWindow,
    late,
    lateByPeriod,
  };
}

/** The rows whose time is not after the window's end; those without a time are in it. */
function rowsUpTo(times: Float64Array, end: number): Uint32Array {
  const rows = new Uint32Array(times.length);
  let count = 0;
  for (let row = 0; row < times.length; row++) if (!(times[row]! > end)) rows[count++] = row;
  return rows.slice(0, count);
}

function takeTimes(column: TimeColumn, rows: Uint32Array): TimeColumn {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
  return { ...column, values };
}

interface PinnedRows {
  /** Places among the rows inside the window. */
  readonly keep: Uint32Array;
  readonly late: number;
  readonly lateByPeriod: ReadonlyMap<string, number>;
}

/** Of each period the first rows, as many as the lock pins. */
function pinnedRows(lock: Lock, { codes, names }: Periods): PinnedRows {
  const pins = new Map(lock.data.parts.map(({ name, rows }) => [name, rows]));
  const quotas = Float64Array.from(names, (name) => pins.get(name) ?? 0);
  const keep = new Uint32Array(codes.length);
  let kept = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    quotas[code]!--;
    if (quotas[code]! >= 0) keep[kept++] = row;
  }
  const lateByPeriod = new Map<string, number>();
  for (const [code, name] of names.entries()) if (quotas[code]! < 0) lateByPeriod.set(name, -quotas[code]!);
  return { keep: keep.slice(0, kept), late: codes.length - kept, lateByPeriod };
}

function listPeriods(late: ReadonlyMap<string, number>): string {
  const shown = [...late].slice(0, 5).map(([name, rows]) => `${name}: ${formatCount(rows)}`);
  return late.size > shown.length
    ? `${shown.join(', ')} and ${late.size - shown.length} more periods`
    : shown.join(', ');
}

function earliest({ values, type }: TimeColumn): string {
  const first = values.reduce((a, b) => (b < a ? b : a), Number.POSITIVE_INFINITY);
  return type === 'number' ? String(first) : new Date(first).toISOString();
}
