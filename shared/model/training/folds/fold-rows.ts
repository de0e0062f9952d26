// The rows that are in a fold, and what is stored of them.

import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { onlyTrains } from '../../../dataset/split/fold-plan.ts';
import { takeRows } from '../../../dataset/table/table.ts';
import type { FoldedPredictions } from '../../out-of-fold/folded-predictions.ts';
import { type OutOfFold, rowDigests } from '../../out-of-fold/out-of-fold.ts';
import { decidedColumns } from '../../predictor/decided.ts';
import type { PredictedColumns } from '../../predictor/predictions.ts';
import { pickTargets, placePredictions } from '../choice/picked-predictions.ts';
import { joinPredictions } from '../data/metric-score.ts';
import { type Targets, targetsOf } from '../data/targets.ts';
import type { DecidedChoice, FoldChoices } from './fold-choice.ts';
import type { FoldData, TrainFoldsInput } from './fold-data.ts';
import type { FoldModel } from './fold-models.ts';

/** The rows that are in a fold, in the order of the dataset: those that only train are not among them. */
export interface JudgedRows {
  readonly schema: DatasetSchema;
  /** Their places in the dataset. */
  readonly rows: Uint32Array;
  readonly ids: BigUint64Array;
  readonly folds: Uint8Array;
  readonly targets: Targets;
  /** By fold, the places of its rows among these. */
  readonly places: readonly Uint32Array[];
  /** Of every row of the dataset. */
  readonly all: { readonly ids: BigUint64Array; readonly targets: Targets };
}

/** The rows that a fold's model judges, and where each fold's own stand among them: all but those that only train. */
export function judgedRowsOf(
  { schema, rows: dataset }: TrainFoldsInput,
  folds: readonly FoldData[],
): JudgedRows {
  const rows = Uint32Array.from(dataset.folds.keys()).filter((row) => dataset.folds[row] !== onlyTrains);
  const placeOf = new Map(Array.from(rows, (row, place) => [row, place]));
  const targets = targetsOf(dataset.table, schema);
  return {
    ...{ schema, rows },
    ids: BigUint64Array.from(rows, (row) => dataset.ids[row]!),
    folds: Uint8Array.from(rows, (row) => dataset.folds[row]!),
    targets: pickTargets(targets, rows),
    places: folds.map(({ rows: { predict } }) => Uint32Array.from(predict, (row) => placeOf.get(row)!)),
    all: { ids: dataset.ids, targets },
  };
}

/**
 * What is known of each row without it: by the candidate or blend, and the threshold, that the other folds chose.
 *
 * @param models of these choices, by fold.
 */
export function outOfFoldOf(
  { byFold }: FoldChoices,
  models: readonly FoldModel[],
  { schema, rows: { table } }: TrainFoldsInput,
  { rows, ids, folds, targets, places }: JudgedRows,
): OutOfFold {
  const parts = byFold.map((choice, fold) => ({
    predicted: decided(models[fold]!.predicted, schema, choice),
    rows: places[fold]!,
  }));
  return {
    ...{ ids, folds },
    predictions: joinPredictions(placePredictions(parts, rows.length), targets),
    digests: rowDigests(takeRows(table, rows), schema),
  };
}

/** What the models that {@link outOfFoldOf} takes say of the rows that they learned from; undefined where one cannot be asked. */
export async function foldTrainingOf(
  { byFold }: FoldChoices,
  models: readonly FoldModel[],
  { schema, all, folds }: Pick<JudgedRows, 'schema' | 'all'> & { readonly folds: readonly FoldData[] },
): Promise<FoldedPredictions | undefined> {
  const parts: { predicted: PredictedColumns; rows: Uint32Array }[] = [];
  let at = 0;
  for (const [fold, choice] of byFold.entries()) {
    const { predictor } = models[fold]!;
    if (!predictor) return undefined;
    const { table } = folds[fold]!.train;
    const rows = Uint32Array.from({ length: table.rows }, (_, row) => at + row);
    at += table.rows;
    parts.push({ predicted: decided(await predictor.predictTable(table), schema, choice), rows });
  }
  const learned = folds.map(({ rows }) => rows.train);
  const rows = Uint32Array.from(learned.flatMap((places) => [...places]));
  return {
    ids: BigUint64Array.from(rows, (row) => all.ids[row]!),
    folds: Uint8Array.from(learned.flatMap((places, fold) => Array<number>(places.length).fill(fold))),
    predictions: joinPredictions(placePredictions(parts, at), pickTargets(all.targets, rows)),
  };
}

function decided(
  predicted: PredictedColumns,
  schema: DatasetSchema,
  { threshold }: DecidedChoice,
): PredictedColumns {
  return threshold === undefined ? predicted : decidedColumns(predicted, schema, threshold);
}
