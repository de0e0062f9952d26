import type { SampleRecord } from '../../config/lock/lock.ts';
import { isEngineSource } from '../../config/sections/data-section.ts';
import { sampleRule } from '../../config/sections/sample-section.ts';
import type { Config } from '../../config/sections/schema.ts';
import { keyColumns } from '../lock/frozen-columns.ts';
import type { LockUse } from '../lock/locked-rows.ts';
import type { PinnedTable } from '../lock/pinned-table.ts';
import { keyHasher, keyHashOf } from '../split/key-identity.ts';
import { columnOf, takeColumn, takeRows } from '../table/table.ts';
import { drawAgain, drawingOrder, drawRows } from './drawn-rows.ts';
import { sampleUse } from './sample-use.ts';

/** Pinned rows, or a sample of them. */
export interface SampledTable {
  readonly pinned: PinnedTable;
  /** How they were drawn; undefined where they are all rows. */
  readonly sample?: SampleRecord;
}

/**
 * The rows of `data.sample`: of all that the lock pins, those whose key (or group) hashes low. An engine has drawn its rows
 * already.
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
  const unit = config.data.group === undefined ? keyColumns(table, config, use.lock) : [config.data.group];
  const places = drawingOrder(keyHasher(pinned, hash).hashesOf(unit));
  const named = 'record' in asked ? asked.record.by : asked.rule.by;
  const by =
    named === undefined
      ? {}
      : { by: { name: named, column: columnOf(table, named), declared: sampleRule(config)?.declared } };
  const { rows, record } =
    'record' in asked
      ? { rows: drawAgain({ places, ...by }, asked.record), record: asked.record }
      : drawRows({ places, ...by }, asked.rule.rows);
  return { pinned: rows.length === table.rows ? pinned : chosenRows(pinned, rows), sample: record };
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
