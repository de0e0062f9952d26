import type { Config } from '../../config/sections/schema.ts';
import { possibleTwins, type RowIdentity } from '../identity/row-identity.ts';
import type { DatasetSchema } from '../schema/schema.ts';
import type { Sides } from '../split/split.ts';
import type { Table } from '../table/table.ts';
import type { QualityReport } from './quality-report.ts';

/** A prepared table, and what is known of it. */
export interface CheckedDataset {
  /** The rows kept, cleaned. */
  readonly table: Table;
  /** Those of the training side. */
  readonly train: Table;
  readonly columns: QualityReport['columns'];
  /** The side of each row, or its fold. */
  readonly sides: Sides;
  readonly inFolds: boolean;
  readonly schema: DatasetSchema;
  readonly config: Config;
  /** How all rows read were identified. */
  readonly identity: RowIdentity;
  /** The number of each kept row among the rows read. */
  readonly kept: Uint32Array;
  /** Columns in which cleaning changed a value. */
  readonly changed: ReadonlySet<string>;
  readonly rows: { readonly read: number; readonly missingTarget: number };
}

/** The only kept rows that can be equal to others in the given columns; undefined when that is not known. */
export function twinsAmongKept(
  { identity, changed, kept }: CheckedDataset,
  names: readonly string[],
): Uint32Array | undefined {
  const twins = possibleTwins(identity, names, changed);
  if (!twins || kept.length === identity.hashes.high.length) return twins;
  const found = new Uint32Array(twins.length);
  let count = 0;
  let at = 0;
  for (let i = 0; i < kept.length && at < twins.length; i++) {
    while (at < twins.length && twins[at]! < kept[i]!) at++;
    if (twins[at] === kept[i]) found[count++] = i;
  }
  return found.subarray(0, count);
}
