import type { Lock } from '../config/lock.ts';
import type { Config } from '../config/schema.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import type { SourceTable } from './origin.ts';
import {
  contentWords,
  digestOfPins,
  digestOfRows,
  type PeriodRows,
  type Pins,
  pinParts,
  pinPeriods,
  rowsByPeriod,
} from './pin.ts';
import { columnOf, type Table } from './table.ts';
import { newestTime, type Periods, periodStep, periodsOf, timesOf, windowEnd } from './window.ts';

/** Which rows the lock pins, and the pins that describe them. */
export interface LockedRows {
  /** Row numbers in source order; absent when all rows are pinned. */
  readonly rows?: Uint32Array;
  readonly pins: Pins;
  readonly window?: Lock['data']['window'];
  readonly afterWindow: number;
  readonly late: number;
}

/** How the lock is to be treated. */
export interface LockUse {
  readonly lock?: Lock;
  /** Make new pins, up to `until` (`latest`: the newest row) or the former window's end. */
  readonly move?: { readonly until?: string };
}

/**
 * Finds the rows to be read: those that the lock pins, checked against its digests; or, without a lock or when it
 * is to be moved, all rows up to the window's end.
 *
 * @param source with its columns typed.
 * @throws ConfigurationError naming every part of the data that is not what the lock pins.
 */
export function lockedRows(source: SourceTable, config: Config, use: LockUse, logger: Logger): LockedRows {
  const time = config.data.time;
  const checked = use.move ? undefined : use.lock;
  if (checked) checkSameWindow(checked, time);
  if (time === undefined) {
    if (use.move?.until !== undefined) {
      throw new ConfigurationError(
        `lock --until ${use.move.until}: ciclo.yml declares no data.time, so the data has no window; name the column of the event time there`,
      );
    }
    const pins = pinParts(source.parts);
    if (checked) compareParts(checked.data.parts, pins);
    return { pins, afterWindow: 0, late: 0 };
  }
  return windowedRows(source.table, time, use, checked, logger);
}

function checkSameWindow(lock: Lock, time: string | undefined): void {
  const locked = lock.data.window?.column;
  if (locked === time) return;
  throw new ConfigurationError(
    `ciclo.lock was made ${locked === undefined ? 'without data.time' : `with data.time: ${locked}`}, ciclo.yml now ${time === undefined ? 'has none' : `says ${time}`}: run ciclo lock to accept the change`,
  );
}

function windowedRows(
  table: Table,
  time: string,
  use: LockUse,
  checked: Lock | undefined,
  logger: Logger,
): LockedRows {
  const column = columnOf(table, time);
  const times = timesOf(column, time);
  const type = column.type === 'date' ? 'date' : 'number';
  const asked = use.move?.until ?? use.lock?.data.window?.until;
  const until = asked === undefined || asked === 'latest' ? newestTime(times, type, time) : asked;
  const end = windowEnd(until, column, checked ? 'ciclo.lock: data.window.until' : 'lock --until');
  const inside = new Uint32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row++) if (!(times[row]! > end)) inside[count++] = row;
  const afterWindow = table.rows - count;
  if (count === 0) {
    throw new ConfigurationError(
      `no row has ${time} up to ${until}: the earliest rows are later. Give a later end to ciclo lock --until`,
    );
  }
  const step = type === 'date' ? 1 : (checked?.data.window?.step ?? periodStep(times));
  const periods = insideOnly(periodsOf(times, type, step), inside.subarray(0, count));
  const members = rowsByPeriod(periods);
  const source = inside.subarray(0, count);
  const order = { order: members.order.map((i) => source[i]!), starts: members.starts };
  const words = contentWords(table);
  const window = { column: time, until, ...(type === 'number' && step !== 1 ? { step } : {}) };
  const all = { window, afterWindow, ...(afterWindow === 0 ? {} : { rows: source.slice() }) };
  if (!checked) return { ...all, pins: pinPeriods(words, periods, order), late: 0 };

  const late = comparePeriods(checked.data.parts, words, periods, order);
  if (late.size === 0) return { ...all, pins: checked.data.parts, late: 0 };
  logger.warn(
    `${late.size} ${late.size === 1 ? 'row' : 'rows'} inside the lock's window arrived after it was written and ${late.size === 1 ? 'is' : 'are'} left out: ciclo lock takes them in`,
  );
  return { ...all, pins: checked.data.parts, rows: source.filter((row) => !late.has(row)), late: late.size };
}

function insideOnly(periods: Periods, rows: Uint32Array): Periods {
  return rows.length === periods.codes.length
    ? periods
    : { codes: rows.map((row) => periods.codes[row]!), names: periods.names };
}

/** Rows added behind a period's pinned rows, or in a period that the lock does not know. */
function comparePeriods(
  pins: Pins,
  words: Uint32Array,
  periods: Periods,
  { order, starts }: PeriodRows,
): Set<number> {
  const late = new Set<number>();
  const problems: string[] = [];
  const pinned = new Map(pins.map((pin) => [pin.name, pin]));
  for (const [code, name] of periods.names.entries()) {
    const members = order.subarray(starts[code]!, starts[code + 1]!);
    const pin = pinned.get(name);
    pinned.delete(name);
    if (pin && members.length < pin.rows) {
      problems.push(`${name}: ${members.length} rows, the lock pins ${pin.rows}`);
    } else if (pin && digestOfRows(words, members.subarray(0, pin.rows)) !== pin.digest) {
      problems.push(
        `${name}: ${members.length === pin.rows ? 'as many rows' : `${members.length} rows for ${pin.rows}`}, but their content changed`,
      );
    } else for (const row of members.subarray(pin?.rows ?? 0)) late.add(row);
  }
  for (const { name, rows } of pinned.values()) problems.push(`${name}: its ${rows} rows are gone`);
  refuse(problems);
  return late;
}

function compareParts(pins: Pins, found: Pins): void {
  const problems: string[] = [];
  const now = new Map(found.map((pin) => [pin.name, pin]));
  for (const { name, rows, digest } of pins) {
    const pin = now.get(name);
    now.delete(name);
    if (!pin) problems.push(`${name}: gone; it had ${rows} rows`);
    else if (pin.digest !== digest) {
      problems.push(
        `${name}: changed, ${rows === pin.rows ? `still ${rows} rows` : `${rows} rows before, ${pin.rows} now`}`,
      );
    }
  }
  for (const { name, rows } of now.values()) problems.push(`${name}: new, ${rows} rows`);
  refuse(problems);
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const shown = problems.slice(0, 20).map((problem) => `  ${problem}`);
  if (problems.length > 20) shown.push(`  and ${problems.length - 20} more`);
  throw new ConfigurationError(
    [
      'the data is not what ciclo.lock pins:',
      ...shown,
      'restore it, or accept the change with ciclo lock',
    ].join('\n'),
  );
}

/** The lock of the rows that were found; key, seed and types as given. */
export function lockOf(
  found: LockedRows,
  rows: number,
  frozen: { readonly key: readonly string[]; readonly seed: number; readonly types: Lock['types'] },
): Lock {
  return {
    version: 1,
    data: {
      digest: digestOfPins(found.pins),
      rows,
      ...(found.window ? { window: found.window } : {}),
      parts: found.pins,
    },
    key: [...frozen.key],
    split: { seed: frozen.seed },
    types: frozen.types,
  };
}

/** The columns of the key: the lock's, else the configuration's, else all but the target, by name. */
export function keyColumns(table: Table, config: Config, lock: Lock | undefined): string[] {
  const declared = config.data.key;
  const key = declared === undefined ? undefined : typeof declared === 'string' ? [declared] : [...declared];
  if (lock && key && key.join('\n') !== lock.key.join('\n')) {
    throw new ConfigurationError(
      `data.key is ${quote(key)}, but ciclo.lock froze ${quote(lock.key)}: another key moves rows between training and test, so that no former model can be compared. Put the key back, or delete ciclo.lock and run ciclo lock`,
    );
  }
  return lock?.key ?? key ?? [...table.columns.keys()].filter((name) => name !== config.target).sort();
}
