// From rows of a source to a dataset: typed, cleaned, derived, identified, split. Pure; a room for each step.
import type { Lock } from '../config/lock/lock.ts';
import type { Config } from '../config/sections/schema.ts';
import type { FoldChoice } from '../config/sections/split-section.ts';
import { ConfigurationError } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { createChangeLog } from './clean/change-log.ts';
import { cleanTable } from './clean/clean.ts';
import { hiddenIdentifiers } from './identity/hidden-identifiers.ts';
import { identifierColumns } from './identity/identifiers.ts';
import { columnOrder, keyColumns, splitSeed } from './lock/frozen-columns.ts';
import { newLock } from './lock/new-lock.ts';
import { readPinned } from './lock/pinned-table.ts';
import { isPersonalAllowed, personalColumns } from './personal/personal-columns.ts';
import { assessQuality } from './quality/quality-assessment.ts';
import { columnCounts } from './quality/quality-checks.ts';
import type { QualityReport } from './quality/quality-report.ts';
import { sampledTable } from './sample/sampled-table.ts';
import { schemaOfTable } from './schema/dataset-schema.ts';
import { checkNames } from './schema/declared-columns.ts';
import type { DatasetSchema } from './schema/schema.ts';
import { checkTarget } from './schema/target-checks.ts';
import { divide } from './split/divide.ts';
import { type DividedRows, trainingRows } from './split/divided-rows.ts';
import { identifyByKey, type KeyIdentity, keyHashOf, movedRows, toldApart } from './split/key-identity.ts';
import { selectRows } from './split/side-tables.ts';
import type { SourceTable } from './table/origin.ts';
import { takeRows } from './table/table.ts';

export { readOptionsFor } from './types/read-rules.ts';

/** What preparing shows as done, from reading types to writing: the last are the caller's. */
export const prepareSteps = 7;

/** Input of {@link prepareDataset}. */
export interface PrepareDatasetInput {
  readonly source: SourceTable;
  readonly config: Config;
  readonly lock?: Lock;
  /** Make a new lock instead of keeping to this one: up to `until` (`latest`: the newest row), else as far as before. */
  readonly moveLock?: { readonly until?: string; readonly folds?: FoldChoice };
}

/** Rows of the source that the lock does not pin. They determine nothing that is written. */
export interface LeftOutRows {
  /** Later than the lock's window: left for the monitor. */
  readonly afterWindow: number;
  /** Inside the window but arrived after the lock: wait for the next `ciclo lock`. */
  readonly late: number;
}

/** A dataset before it is written: its rows with sides or in folds, and what is known of them. */
export type PreparedDataset = DividedRows & PreparedParts;

interface PreparedParts {
  readonly schema: DatasetSchema;
  readonly quality: QualityReport;
  readonly leftOut: LeftOutRows;
  /** What the rows are: the lock that was given, or the new one. */
  readonly lock: Lock;
  /** Which hash of keys divided the rows, and whether it moved any. */
  readonly keys: Pick<KeyIdentity, 'hash' | 'unmoved'>;
  /** Rows that the new lock puts on another side of the split than the former did, where it hashes keys otherwise. */
  readonly moved?: number;
}

/**
 * Types, selects, identifies, cleans, divides and checks the rows of a source. The same input gives the same result,
 * in the source's order of rows. Quality checks that fail are a result, not an exception.
 *
 * @throws ConfigurationError for data that is not what the lock pins, that breaks a declared or frozen type, or that
 *   nothing can be learnt from.
 */
export function prepareDataset(
  input: PrepareDatasetInput,
  ports: { readonly logger: Logger },
): PreparedDataset {
  const { source, config, lock, moveLock } = input;
  if (source.table.rows === 0) {
    throw new ConfigurationError(
      source.steps ? 'data.steps: no row is left of the first source' : 'data.source: there are no rows',
    );
  }
  checkNames(source.table, config);
  const show = (done: number, detail: string): void =>
    ports.logger.progress({ task: 'prepare', done, total: prepareSteps, detail });
  show(0, 'types');
  const use = { lock, move: moveLock, drawn: source.drawn?.record };
  const { pinned, sample, drawn } = sampledTable(readPinned(source, config, use, ports.logger), config, use);
  show(1, 'keys');
  const key = keyColumns(pinned.table, config, lock);
  const seed = splitSeed(config, lock);
  const order = columnOrder(source.table, pinned.table, lock);
  const hash = keyHashOf(moveLock ? undefined : lock);
  const identifiers = identifierColumns(pinned.table, config, lock);
  const personal = personalColumns(pinned.table, config, lock);
  const keyed = toldApart(identifyByKey(pinned, key, hash), pinned.table, { config, lock, drawn });
  const { identity } = keyed;

  show(2, 'cleaning');
  const log = createChangeLog(pinned.places);
  const cleaned = cleanTable(pinned.table, { config, log, places: pinned.places, identity });
  const kept = selectRows(cleaned.keep);
  checkTarget(pinned.table, kept.length, config);
  const table = kept.length === cleaned.table.rows ? cleaned.table : takeRows(cleaned.table, kept);
  show(3, 'split');
  const { hashesOf } = keyed;
  const division = { table: pinned.table, cleaned: cleaned.table, identity, hashesOf, config, seed };
  const filtered = selectRows(cleaned.filtered);
  const { divided, places, remark, decided } = divide(
    division,
    { kept, filtered },
    { lock, asked: moveLock?.folds },
  );
  if (decided !== undefined) ports.logger.warn(decided);
  const train = trainingRows(divided).table;
  const schema = schemaOfTable(table, train, config, {
    ...{ key, order },
    formats: pinned.formats,
    lock,
    moving: moveLock !== undefined,
    made: source.steps?.made ?? new Map(),
    hidden: hiddenIdentifiers(identifiers, pinned.table, config),
    personal: new Set(personal.filter((name) => !isPersonalAllowed(name, config))),
  });

  show(4, 'quality');
  const changes = log.changes();
  const missingTarget = changes.find(({ rule }) => rule === 'missing-target')?.rows ?? 0;
  const quality = assessQuality(
    {
      table,
      train,
      columns: columnCounts(table),
      sides: places,
      inFolds: divided.kind === 'folds',
      schema,
      config,
      identity,
      kept,
      changed: cleaned.changed,
      rows: { read: pinned.table.rows, missingTarget },
    },
    { pinned, sample, divided, changes, identifiers, personal, remark, steps: source.steps?.remarks ?? [] },
  );
  const { afterWindow, late } = pinned.found;
  const leftOut = { afterWindow, late };
  const moved =
    moveLock && lock && keyHashOf(lock) !== hash && divided.kind === 'hold-out'
      ? movedRows(division, { pinned, key, sides: places, kept })
      : undefined;
  return {
    ...divided,
    schema,
    quality,
    leftOut,
    lock: newLock(pinned, config, {
      ...{ hash, key, seed, order, identifiers, personal },
      folds: divided.kind === 'folds' ? divided.count : undefined,
      apart: identity.apart !== undefined,
      ...{ positive: schema.positive, sample },
    }),
    keys: { hash, unmoved: keyed.unmoved },
    ...(moved === undefined ? {} : { moved }),
  };
}
