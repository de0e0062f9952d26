import type { Lock } from '../config/lock.ts';
import type { Config } from '../config/schema.ts';
import { ConfigurationError } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { createChangeLog } from './change-log.ts';
import { cleanTable } from './clean.ts';
import { checkNames, schemaOfTable } from './dataset-schema.ts';
import { typeColumns, typesOf } from './infer-types.ts';
import { keyColumns, lockedRows, lockOf } from './locked-rows.ts';
import type { SourceTable } from './origin.ts';
import { columnCounts, qualityChecks } from './quality-checks.ts';
import type { QualityReport } from './quality-report.ts';
import { hashRows, keyWords, rowIds } from './row-id.ts';
import type { DatasetSchema } from './schema.ts';
import { checkSides, type Sides, splitByHash, splitByTime } from './split.ts';
import type { Splits, SplitTable } from './split-table.ts';
import { columnOf, type Table, takeRows } from './table.ts';
import { timesOf } from './window.ts';

/** Default seed of the split; a lock freezes it. */
const defaultSplitSeed = 1;

/** How the source's cells are to be read for this configuration: types that are known to be texts stay as written. */
export function readOptionsFor(
  config: Config,
  lock?: Lock,
): { missingMarkers: readonly string[]; trim: boolean; textColumns: ReadonlySet<string> } {
  const textColumns = new Set<string>();
  for (const [name, type] of Object.entries(lock?.types ?? {})) if (type !== 'number') textColumns.add(name);
  for (const [name, { type }] of Object.entries(config.features)) {
    if (type === undefined) continue;
    if (type === 'number') textColumns.delete(name);
    else textColumns.add(name);
  }
  if (config.task !== 'regression') textColumns.add(config.target);
  return { missingMarkers: config.prepare['missing-markers'], trim: config.prepare.trim, textColumns };
}

/** Input of {@link prepareDataset}. */
export interface PrepareDatasetInput {
  readonly source: SourceTable;
  readonly config: Config;
  readonly lock?: Lock;
  /** Make a new lock instead of keeping to this one: up to `until` (`latest`: the newest row), else as far as before. */
  readonly moveLock?: { readonly until?: string };
}

/** A dataset before it is written. */
export interface PreparedDataset {
  readonly schema: DatasetSchema;
  readonly splits: Splits;
  /** Test rows that filters on features dropped: champion and challenger must face them all the same. */
  readonly filteredTest: SplitTable;
  readonly quality: QualityReport;
  readonly lock: Lock;
}

/**
 * Types, selects, cleans and divides the rows of a source.
 *
 * @throws ConfigurationError for data that is not what the lock pins, that breaks a declared or frozen type, or that
 *   nothing can be learnt from.
 */
export function prepareDataset(
  input: PrepareDatasetInput,
  ports: { readonly logger: Logger },
): PreparedDataset {
  const { source, config, lock, moveLock } = input;
  if (source.table.rows === 0) throw new ConfigurationError('data.source: there are no rows');
  checkNames(source.table, config);
  const typed = typeColumns(source, config, lock);
  const use = { ...(lock ? { lock } : {}), ...(moveLock ? { move: moveLock } : {}) };
  const found = lockedRows({ ...source, table: typed }, config, use, ports.logger);
  const key = keyColumns(typed, config, lock);
  const seed = seedOf(config, lock);
  const pinned = found.rows ? takeRows(typed, found.rows) : typed;

  checkKey(pinned, key);
  const { ids } = rowIds(hashRows(pinned, key));
  const log = createChangeLog(source.parts);
  const { table, keep, filtered } = cleanTable(pinned, config, log, source.parts, found.rows);
  const kept = selected(keep);
  checkTarget(pinned, kept, config);
  const clean = takeRows(table, kept);
  const sides = sidesOf(clean, takeIds(ids, kept), config, seed);
  const splits = divide(clean, takeIds(ids, kept), sides);
  const schema = schemaOfTable(clean, splits.train.table, config, key);
  const filteredTest = filteredTestRows({ table, ids, filtered, config, seed, splits });

  const changes = log.changes();
  const columns = columnCounts(clean);
  const missingTarget = changes.find((change) => change.rule === 'missing-target')?.rows ?? 0;
  const dropped = pinned.rows - clean.rows;
  const checks = qualityChecks(
    {
      table: clean,
      sides,
      schema,
      config,
      keyWords: keyWords(takeIds(ids, kept)),
      rows: { pinned: pinned.rows, dropped, missingTarget },
    },
    columns,
  );
  const statuses = new Set(checks.map((check) => check.status));
  const quality: QualityReport = {
    version: 1,
    rows: {
      read: source.table.rows,
      afterWindow: found.afterWindow,
      late: found.late,
      dropped,
      kept: clean.rows,
      train: splits.train.table.rows,
      validation: splits.validation.table.rows,
      test: splits.test.table.rows,
    },
    columns,
    changes,
    checks,
    status: statuses.has('fail') ? 'fail' : statuses.has('warn') ? 'warn' : 'pass',
  };
  const types = { ...typesOf(typed), ...(moveLock ? {} : lock?.types) };
  return { schema, splits, filteredTest, quality, lock: lockOf(found, pinned.rows, { key, seed, types }) };
}

function seedOf(config: Config, lock: Lock | undefined): number {
  const declared = config.split.seed;
  if (lock && declared !== undefined && declared !== lock.split.seed) {
    throw new ConfigurationError(
      `split.seed is ${declared}, but ciclo.lock froze ${lock.split.seed}: another seed moves rows between training and test, so that no former model can be compared. Take split.seed out, or delete ciclo.lock and run ciclo lock`,
    );
  }
  return lock?.split.seed ?? declared ?? defaultSplitSeed;
}

function checkKey(table: Table, key: readonly string[]): void {
  const gone = key.filter((name) => !table.columns.has(name));
  if (gone.length > 0) {
    throw new ConfigurationError(
      `ciclo.lock: the key has ${gone.join(', ')}, which the data no longer has: bring the column back, or delete ciclo.lock and run ciclo lock (the split changes)`,
    );
  }
}

function checkTarget(pinned: Table, kept: Uint32Array, config: Config): void {
  if (kept.length > 0) return;
  const target = columnOf(pinned, config.target);
  const empty =
    target.type === 'category'
      ? target.codes.every((code) => code < 0)
      : target.values.every((value) => Number.isNaN(value));
  throw new ConfigurationError(
    empty
      ? `target: "${config.target}" is missing in every row: is it the right column, and are prepare.missing-markers right?`
      : `cleaning dropped all ${pinned.rows} rows: see features.*.range, values and missing: drop in ciclo.yml`,
  );
}

/** The sides of a split for rows with these ids. */
function sidesOf(table: Table, ids: BigUint64Array, config: Config, seed: number): Sides {
  const shares = { test: config.split.test, validation: config.split.validation };
  const { time, group } = config.data;
  let sides: Sides;
  if (config.split.by === 'time' && time !== undefined) {
    const times = timesOf(columnOf(table, time), time);
    if (times.some((value) => Number.isNaN(value))) {
      throw new ConfigurationError(
        `split.by is time, but ${time} is missing in some rows: mend the data, or declare features.${time}.missing: drop`,
      );
    }
    sides = splitByTime(times, shares);
  } else {
    sides = splitByHash(group === undefined ? keyWords(ids) : hashRows(table, [group]).high, seed, shares);
  }
  checkSides(sides, shares, config.split.by);
  return sides;
}

function divide(table: Table, ids: BigUint64Array, sides: Sides): Splits {
  const side = (wanted: number): SplitTable => {
    const rows = selected(sides, wanted);
    return { table: takeRows(table, rows), ids: takeIds(ids, rows) };
  };
  return { train: side(0), validation: side(1), test: side(2) };
}

interface FilteredRows {
  readonly table: Table;
  readonly ids: BigUint64Array;
  readonly filtered: Uint8Array;
  readonly config: Config;
  readonly seed: number;
  readonly splits: Splits;
}

function filteredTestRows({ table, ids, filtered, config, seed, splits }: FilteredRows): SplitTable {
  const rows = selected(filtered);
  const dropped = takeRows(table, rows);
  const droppedIds = takeIds(ids, rows);
  const { time, group } = config.data;
  const shares = { test: config.split.test, validation: config.split.validation };
  let sides: Sides;
  if (config.split.by === 'time' && time !== undefined) {
    const first = timesOf(columnOf(splits.test.table, time), time).reduce((a, b) => Math.min(a, b));
    sides = Uint8Array.from(timesOf(columnOf(dropped, time), time), (value) => (value >= first ? 2 : 0));
  } else {
    sides = splitByHash(
      group === undefined ? keyWords(droppedIds) : hashRows(dropped, [group]).high,
      seed,
      shares,
    );
  }
  const test = selected(sides, 2);
  return { table: takeRows(dropped, test), ids: takeIds(droppedIds, test) };
}

function selected(flags: Uint8Array, wanted = 1): Uint32Array {
  let count = 0;
  for (const flag of flags) if (flag === wanted) count++;
  const rows = new Uint32Array(count);
  let at = 0;
  for (let row = 0; row < flags.length; row++) if (flags[row] === wanted) rows[at++] = row;
  return rows;
}

function takeIds(ids: BigUint64Array, rows: Uint32Array): BigUint64Array {
  const taken = new BigUint64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = ids[rows[i]!]!;
  return taken;
}
