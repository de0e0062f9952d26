import type { SplitRecord } from '../../shared/artifacts/folders/manifest.ts';
import type { Lock } from '../../shared/config/lock/lock.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { sharesOf } from '../../shared/config/sections/split-section.ts';
import type { PreparedDataset } from '../../shared/dataset/prepare-dataset.ts';
import type { Splits } from '../../shared/dataset/split/split-table.ts';
import { columnOf } from '../../shared/dataset/table/table.ts';

/** How the rows were divided, for the manifests of the dataset and of the models trained on it. */
export function splitRecordOf(config: Config, lock: Lock, prepared: PreparedDataset): SplitRecord {
  const { split, data } = config;
  const { keys } = prepared;
  const shares = prepared.kind === 'folds' ? { test: 0, validation: 0 } : sharesOf(split);
  return {
    by: split.by,
    seed: lock.split.seed,
    key: lock.key,
    ...shares,
    ...(lock.split.apart ? { apart: true } : {}),
    ...(data.group === undefined ? {} : { group: data.group }),
    ...(keys.hash === 1 ? {} : { hash: keys.hash, unmoved: keys.unmoved }),
    ...(split.by === 'time' && data.time !== undefined
      ? { time: data.time, ...testFrom(prepared, data.time) }
      : {}),
    ...(prepared.kind === 'folds'
      ? { folds: { count: prepared.count, ...(prepared.edges ? { edges: prepared.edges } : {}) } }
      : {}),
  };
}

function testFrom(prepared: PreparedDataset, time: string): Pick<SplitRecord, 'testFrom'> {
  return prepared.kind === 'folds' ? {} : { testFrom: earliest(prepared.splits, time) };
}

function earliest(splits: Splits, time: string): number {
  const column = columnOf(splits.test.table, time);
  if (column.type !== 'number' && column.type !== 'date') {
    throw new TypeError(`the time column ${time} is a ${column.type}`);
  }
  let first = Number.POSITIVE_INFINITY;
  for (const value of column.values) if (value < first) first = value;
  return first;
}
