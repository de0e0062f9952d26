import type { Model } from '../../shared/artifacts/folders/model-folder.ts';
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import type { SplitTable } from '../../shared/dataset/split/split-table.ts';
import { takeRows } from '../../shared/dataset/table/table.ts';
import type { ChampionInput } from '../../shared/metrics/intervals/champion-comparison.ts';
import { joinPredictions } from '../../shared/metrics/rows/joined-predictions.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import { newerPairs, pairRows, type StoredRows } from '../../shared/metrics/rows/row-pairs.ts';
import { takePredictions } from '../../shared/metrics/rows/subset.ts';
import { LargeSet } from '../../shared/platform/large-map.ts';
import { whyOtherColumns, whyOtherTask } from './comparable-models.ts';
import { groupsOf } from './grouped-predictions.ts';
import { newerRows, type Window } from './newer-rows.ts';
import { predictionsOf } from './predictions.ts';

/** A champion that was judged out-of-fold, with what its folds' models said. */
export interface StoredChampion {
  readonly model: Pick<Model, 'manifest' | 'predictor' | 'schema'>;
  /** `fuel@v1.2.0`; default its pipeline's name. */
  readonly name?: string | undefined;
  /** How far its data goes, in event time; absent where it has none. */
  readonly window?: Window | undefined;
  readonly stored: StoredRows & { readonly predictions: Predictions };
}

/** The rows that the challenger is judged on: those of its folds, or its test rows. */
export interface JudgedRowsOfChallenger {
  readonly schema: DatasetSchema;
  readonly rows: SplitTable;
  /** Of each row's content, as the champion's list has them. */
  readonly digests: BigUint64Array;
  /** The column by which rows lie together; absent where they do not. */
  readonly group?: string | undefined;
}

/**
 * The champion's predictions of the rows that the challenger is judged on: of rows that both know, as the champion's folds'
 * models predicted them, whatever folds and seed it had; of rows that came after its data, by the deployed champion itself.
 * Rows edited since are left out and counted.
 */
export async function judgeStoredChampion(
  { model, name, window, stored }: StoredChampion,
  { schema, rows, digests, group }: JudgedRowsOfChallenger,
): Promise<ChampionInput> {
  const identity = { name: name ?? model.manifest.pipeline, digest: model.manifest.digest };
  const reason = whyOtherTask(model.schema, schema);
  if (reason !== undefined) return { ...identity, reason };
  const pairs = pairRows(stored, { ids: rows.ids, digests });
  const late = window && new LargeSet(newerRows(rows.table, window, model.schema));
  // A champion that lacks a column of today's has its former predictions, and makes no others.
  const predicts = whyOtherColumns(model.schema, rows.table) === undefined;
  const newer = predicts
    ? newerPairs(pairs, { late: late && ((row) => late.has(row)), groups: groupsOf(rows.table, group) })
    : new Uint32Array();
  const former = takePredictions(stored.predictions, pairs.champion);
  const fresh =
    newer.length > 0 && (await predictionsOf(model.predictor, takeRows(rows.table, newer), schema));
  return {
    ...identity,
    rows: Uint32Array.from([...pairs.challenger, ...newer]),
    predictions: fresh ? joinPredictions(former, fresh) : former,
    outOfFold: { edited: pairs.edited },
    ...(fresh ? { newer: Uint32Array.from(newer, (_, i) => pairs.challenger.length + i) } : {}),
  };
}
