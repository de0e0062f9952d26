import type { SplitRecord } from '../../shared/artifacts/folders/manifest.ts';
import type { Model } from '../../shared/artifacts/folders/model-folder.ts';
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import type { SplitTable } from '../../shared/dataset/split/split-table.ts';
import { columnOf, type Table, takeRows, valueAt } from '../../shared/dataset/table/table.ts';
import type { ChampionInput } from '../../shared/metrics/intervals/champion-comparison.ts';
import { fewestNewerRows } from '../../shared/metrics/intervals/deciding-rows.ts';
import { joinPredictions } from '../../shared/metrics/rows/joined-predictions.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import { takePredictions } from '../../shared/metrics/rows/subset.ts';
import { byCount, counted } from '../../shared/text/counts.ts';
import { whyOtherColumns, whyOtherTask } from './comparable-models.ts';
import { withGroups } from './grouped-predictions.ts';
import { newerRows, type Window } from './newer-rows.ts';
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

/** The champion: its model, what it is called, and how far its data goes. */
export interface JudgedAgainst {
  readonly model: Model;
  /** `fuel@v1.2.0`; default its pipeline's name. */
  readonly name?: string | undefined;
  /** The window of the lock that it was made with; absent where it has none, or it is not known. */
  readonly window?: Window | undefined;
  /** Digest of its model as it was judged, where the one at hand is as it was released. */
  readonly judged?: string | undefined;
}

/**
 * Lets champion and challenger predict the same rows: the test rows, and those that filters dropped from the test,
 * as far as they were test rows for the champion too or came after its data. A row that one of the two was trained on says
 * nothing about which is better, and a filter must not choose the rows that its own model is compared on.
 */
export async function judgeChampion(
  { model: champion, name, window }: JudgedAgainst,
  challenger: JudgedChallenger,
): Promise<ChampionInput> {
  const identity = { name: name ?? champion.manifest.pipeline, digest: champion.manifest.digest };
  const { schema, split, test } = challenger;
  const old = champion.manifest.split;
  if (!old || !split) return { ...identity, reason: 'its manifest does not say how its rows were divided' };
  const reason = whyOtherTask(champion.schema, schema) ?? whyOtherColumns(champion.schema, test.table);
  if (reason !== undefined) return { ...identity, reason };

  const untellable = whyUntellable({ split: old, schema: champion.schema }, { split, schema });
  const comparable = (side: SplitTable): ComparableRows => {
    const late = newerRows(side.table, window, champion.schema);
    const rows = untellable === undefined ? unseenRows(old, side) : new Uint32Array();
    return { rows: Uint32Array.from(new Set([...rows, ...late])).sort(), late: new Set(late) };
  };
  const { rows, late } = comparable(test);
  const dropped = comparable(challenger.filtered);
  const droppedRows = judgeable(challenger.filtered.table, dropped.rows, schema);
  if (untellable !== undefined && late.size + droppedRows.length < fewestNewerRows) {
    return {
      ...identity,
      reason: `${untellable}${fewNewerWords(late.size + droppedRows.length, { window, old })}`,
    };
  }
  const theirs = await predictionsOf(champion.predictor, takeRows(test.table, rows), schema);
  const newerAlone = untellable === undefined ? {} : { newerAlone: untellable };
  const newer = [...rows.keys()].filter((place) => late.has(rows[place]!));
  // Predictions alone have none of rows that the filters dropped.
  if (droppedRows.length === 0 || 'predictions' in challenger.model)
    return { ...identity, ...newerAlone, rows, predictions: theirs, ...newerPlaces(newer) };
  const filtered = takeRows(challenger.filtered.table, droppedRows);
  const newerDropped = [...droppedRows.keys()].filter((place) => dropped.late.has(droppedRows[place]!));
  return {
    ...identity,
    ...newerAlone,
    rows,
    predictions: joinPredictions(theirs, await predictionsOf(champion.predictor, filtered, schema)),
    challenger: joinPredictions(
      takePredictions(challenger.predictions, rows),
      withGroups(await predictionsOf(challenger.model.predictor, filtered, schema), filtered, split.group),
    ),
    ...newerPlaces([...newer, ...newerDropped.map((place) => rows.length + place)]),
  };
}

/** How many rows are newer, where it is they alone that could be compared on; a hold-out without any says nothing of it. */
function fewNewerWords(
  newer: number,
  { window, old }: { readonly window: Window | undefined; readonly old: SplitRecord },
): string {
  if (newer > 0 || (old.folds && window)) {
    return `; ${counted(newer, 'row')} ${byCount(newer, 'is', 'are')} newer than its data, and ${fewestNewerRows} are needed`;
  }
  return old.folds ? '; and without an event time (data.time) no row is known to be newer than its data' : '';
}

/** Rows that neither model was trained on. */
interface ComparableRows {
  readonly rows: Uint32Array;
  /** Those of them that came after the champion's data. */
  readonly late: ReadonlySet<number>;
}

function newerPlaces(places: readonly number[]): Pick<ChampionInput, 'newer'> {
  return places.length === 0 ? {} : { newer: Uint32Array.from(places) };
}

/** Those rows whose right answer is known; a label that only dropped rows have is not a class. */
function judgeable(table: Table, rows: Uint32Array, { target, classes }: DatasetSchema): Uint32Array {
  const actual = columnOf(table, target);
  return rows.filter((row) => {
    const value = valueAt(actual, row);
    return value !== null && (classes === undefined || classes.includes(String(value)));
  });
}
