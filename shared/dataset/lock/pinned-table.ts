import type { Config } from '../../config/sections/schema.ts';
import type { Logger } from '../../platform/logger.ts';
import type { EnginePin, SourceTable } from '../table/origin.ts';
import { createRowPlaces, type RowPlaces } from '../table/row-place.ts';
import { type Column, columnOf, type Table, takeColumn, takeRows } from '../table/table.ts';
import { timesOf } from '../time/window.ts';
import { typeColumn, typeColumns } from '../types/infer-types.ts';
import { frozenColumns } from './frozen-columns.ts';
import { pinContent } from './locked-content.ts';
import { bindingLock, type LockedRows, type LockUse, lockedRows, type SourceTimes } from './locked-rows.ts';
import { type Pins, pinSources, type SourcePins } from './pin.ts';

/** The rows of a source that are read, typed, as they were before cleaning. */
export interface PinnedTable {
  readonly table: Table;
  /** How the texts of columns were read, see `typeColumns`. */
  readonly formats: ReadonlyMap<string, string>;
  /** A column of these rows as the source holds it, before it was typed. */
  readonly asRead: (name: string) => Column;
  readonly places: RowPlaces;
  readonly found: LockedRows;
  readonly pins: Pins;
  /** What the engine that holds the rows says of them. */
  readonly engine?: EnginePin;
  /** Of the sources that steps made the rows of. */
  readonly sources?: SourcePins;
}

/**
 * Selects the rows that the lock pins (or is to pin), types them and compares them with it. What lies outside the
 * window, or came late, is never looked at: no later row can change or break what the lock pins.
 *
 * @throws ConfigurationError for data that is not what the lock pins, and for values that break a type.
 */
export function readPinned(
  { table: source, parts, steps, engine, drawn }: SourceTable,
  config: Config,
  asked: LockUse,
  logger: Logger,
): PinnedTable {
  const use = { ...asked, newest: drawn?.newest };
  const sources = pinSources(steps);
  const binding = bindingLock(use);
  const known = binding ? frozenColumns(source, config, binding, logger) : source;
  const times = eventTimes({ table: known, parts }, config, use, logger);
  const found = lockedRows(times, use, logger);
  // Without a window the bytes of the files are compared: a changed file is the better message than what changed in it.
  const early = found.periods ? undefined : pinContent(known, found, parts, binding, sources);

  // By name: the digests of the rows do not depend on the columns' order, so neither may what is made of them.
  const names = [...known.columns.keys()].sort();
  const columns = new Map(
    names.map((name) => [name, name === times?.name ? times.column : columnOf(known, name)]),
  );
  const whole = { rows: known.rows, columns };
  const raw = found.rows ? takeRows(whole, found.rows) : whole;
  const places = createRowPlaces(parts, found.rows);
  const { table, formats } = typeColumns(raw, { config, lock: use.lock, places, logger });
  const asRead = (name: string): Column => {
    const column = columnOf(known, name);
    return found.rows ? takeColumn(column, found.rows) : column;
  };
  return {
    table,
    asRead,
    formats: new Map([...formats, ...timeFormat(times)]),
    places,
    found,
    pins: early ?? pinContent(table, found, parts, binding, sources),
    ...(engine ? { engine } : {}),
    ...(sources ? { sources } : {}),
  };
}

function eventTimes(
  { table, parts }: SourceTable,
  config: Config,
  { lock }: LockUse,
  logger: Logger,
): (SourceTimes & { readonly format?: string | undefined }) | undefined {
  const name = config.data.time;
  if (name === undefined) return undefined;
  const places = createRowPlaces(parts);
  const { column, format } = typeColumn(name, columnOf(table, name), { config, lock, places, logger });
  return { name, column: timesOf(column, name), format };
}

function timeFormat(times: ReturnType<typeof eventTimes>): [string, string][] {
  return times?.format === undefined ? [] : [[times.name, times.format]];
}
