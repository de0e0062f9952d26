import type { SplitRecord } from '../../shared/artifacts/folders/manifest.ts';
import type { Model } from '../../shared/artifacts/folders/model-folder.ts';
import { type DatasetSchema, featureColumns } from '../../shared/dataset/schema/schema.ts';
import type { SplitTable } from '../../shared/dataset/split/split-table.ts';
import { columnOf, type Table, takeRows, valueAt } from '../../shared/dataset/table/table.ts';
import type { ChampionInput } from '../../shared/metrics/intervals/champion-comparison.ts';
import { joinPredictions } from '../../shared/metrics/rows/joined-predictions.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import { takePredictions } from '../../shared/metrics/rows/subset.ts';
import { predictionsOf } from './predictions.ts';
import { unseenRows, whyUntellable } from './unseen-rows.ts';

/** The challenger, and the rows to compare it with a champion on. */
export interface JudgedChallenger {
  readonly model: Model;
  readonly schema: DatasetSchema;
  /** How the rows came to be test rows. */
  readonly split: SplitRecord | undefined;
  readonly test: SplitTable;
  /** The challenger's of the test rows. */
  readonly predictions: Predictions;
  /** Rows that would be test rows, had no filter dropped them. */
  readonly filtered: SplitTable;
}

/**
 * Lets champion and challenger predict the same rows: the test rows, and those that filters dropped from the test,
 * as far as they were test rows for the champion too. A row that one of the two was trained on says nothing about which
 * is better, and a filter must not choose the rows that its own model is compared on.
 */
export async function judgeChampion(
  champion: Model,
  name: string | undefined,
  challenger: JudgedChallenger,
): Promise<ChampionInput> {
  const identity = { name: name ?? champion.manifest.pipeline, digest: champion.manifest.digest };
  const { schema, split, test } = challenger;
  const old = champion.manifest.split;
  if (!old || !split) return { ...identity, reason: 'its manifest does not say how its rows were divided' };
  const reason =
    whyIncomparable(champion.schema, schema, test.table) ??
    whyUntellable({ split: old, schema: champion.schema }, { split, schema });
  if (reason !== undefined) return { ...identity, reason };

  const rows = unseenRows(old, test);
  const theirs = await predictionsOf(champion.predictor, takeRows(test.table, rows), schema);
  const filtered = judgeable(challenger.filtered.table, unseenRows(old, challenger.filtered), schema);
  // Predictions alone have none of rows that the filters dropped.
  if (filtered.rows === 0 || 'predictions' in challenger.model)
    return { ...identity, rows, predictions: theirs };
  return {
    ...identity,
    rows,
    predictions: joinPredictions(theirs, await predictionsOf(champion.predictor, filtered, schema)),
    challenger: joinPredictions(
      takePredictions(challenger.predictions, rows),
      await predictionsOf(challenger.model.predictor, filtered, schema),
    ),
  };
}

function whyIncomparable(theirs: DatasetSchema, ours: DatasetSchema, table: Table): string | undefined {
  if (theirs.task !== ours.task) return `its task is ${theirs.task}, this model's is ${ours.task}`;
  if (theirs.target !== ours.target) return `it predicts ${theirs.target}, this model ${ours.target}`;
  if (theirs.classes?.join('\n') !== ours.classes?.join('\n')) {
    return `its classes are ${theirs.classes?.join(', ')}, this model's ${ours.classes?.join(', ')}`;
  }
  for (const { name, type } of featureColumns(theirs)) {
    const column = table.columns.get(name);
    if (!column) return `it needs the column ${name}, which the data no longer has`;
    if (column.type !== type) return `it needs ${name} as a ${type}, which is now a ${column.type}`;
  }
  return undefined;
}

/** The rows whose right answer is known; a label that only dropped rows have is not a class. */
function judgeable(table: Table, rows: Uint32Array, { target, classes }: DatasetSchema): Table {
  const actual = columnOf(table, target);
  const known = rows.filter((row) => {
    const value = valueAt(actual, row);
    return value !== null && (classes === undefined || classes.includes(String(value)));
  });
  return takeRows(table, known);
}
