import type { Lock, SampleRecord } from '../../config/lock/lock.ts';
import { sampleRule } from '../../config/sections/sample-section.ts';
import type { Config } from '../../config/sections/schema.ts';
import { isEngineSource } from '../../config/sections/sources/source.ts';
import type { KeyHash } from '../identity/key-hash.ts';
import type { RowHashes } from '../identity/row-hash.ts';
import { keyColumns } from '../lock/frozen-columns.ts';
import type { LockUse } from '../lock/locked-rows.ts';
import type { PinnedTable } from '../lock/pinned-table.ts';
import {
  type DrawnIdentity,
  identifyByKey,
  keyHasher,
  keyHashOf,
  mayBeApart,
  toldApart,
} from '../split/key-identity.ts';
import { columnOf, takeColumn, takeRows } from '../table/table.ts';
import { drawAgain, drawingOrder, drawRows } from './drawn-rows.ts';
import { sampleUse } from './sample-use.ts';

/** Pinned rows, or a sample of them. */
export interface SampledTable {
  readonly pinned: PinnedTable;
  /** How they were drawn; undefined where they are all rows. */
  readonly sample?: SampleRecord;
  /** What tells its rows apart; undefined where an engine drew them, or they are all. */
  readonly drawn?: DrawnIdentity;
}

/**
 * The rows of `data.sample`: of all that the lock pins, those whose key (or group) hashes low; where rows that look
 * alike are many things, each has a hash of its own. An engine has drawn its rows already.
 *
 * @param drawn what an engine drew for a new lock.
 * @throws ConfigurationError where the lock pins another sample than ciclo.yml asks for.
 */
export function sampledTable(
  pinned: PinnedTable,
  config: Config,
  use: LockUse & { readonly drawn: SampleRecord | undefined },
): SampledTable {
  const asked = sampleUse(config, use);
  if (!asked) return { pinned };
  if (isEngineSource(config.data.source)) {
    const sample = 'record' in asked ? asked.record : use.drawn;
    if (!sample) throw new TypeError('no sample was drawn of an engine’s rows');
    return { pinned, sample };
  }
  const { table } = pinned;
  const hash = keyHashOf(use.move ? undefined : use.lock);
  const { apart, hashes } = hashesToDraw(pinned, config, { lock: use.lock, hash });
  const places = drawingOrder(hashes);
  const named = 'record' in asked ? asked.record.by : asked.rule.by;
  const by =
    named === undefined
      ? {}
      : { by: { name: named, column: columnOf(table, named), declared: sampleRule(config)?.declared } };
  const { rows, record } =
    'record' in asked
      ? { rows: drawAgain({ places, ...by }, asked.record), record: asked.record }
      : drawRows({ places, ...by }, asked.rule.rows);
  if (rows.length === table.rows) return { pinned, sample: record };
  const own = (words: Uint32Array): Uint32Array => rows.map((row) => words[row]!);
  const drawn: DrawnIdentity = {
    apart: apart ? { high: own(hashes.high), low: own(hashes.low) } : undefined,
  };
  return { pinned: chosenRows(pinned, rows), sample: record, drawn };
}

/** What rows are drawn by: hashes of groups, of keys, or of rows that are told apart though their keys are equal. */
function hashesToDraw(
  pinned: PinnedTable,
  config: Config,
  { lock, hash }: { readonly lock: Lock | undefined; readonly hash: KeyHash },
): { readonly hashes: RowHashes; readonly apart: boolean } {
  const { group } = config.data;
  const unit = group === undefined ? keyColumns(pinned.table, config, lock) : [group];
  if (group !== undefined || !mayBeApart(config, lock)) {
    return { hashes: keyHasher(pinned, hash).hashesOf(unit), apart: false };
  }
  const { identity } = toldApart(identifyByKey(pinned, unit, hash), pinned.table, { config, lock });
  return { hashes: identity.hashes, apart: identity.apart !== undefined };
}

function chosenRows(pinned: PinnedTable, rows: Uint32Array): PinnedTable {
  const { table, places, asRead } = pinned;
  return {
    ...pinned,
    table: takeRows(table, rows),
    asRead: (name) => takeColumn(asRead(name), rows),
    places: {
      locate: (row) => places.locate(rows[row]!),
      describe: (row) => places.describe(rows[row]!),
    },
  };
}
