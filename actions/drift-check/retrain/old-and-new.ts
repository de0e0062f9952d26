import type { Lock } from '../../../shared/config/lock/lock.ts';
import type { SplitTable } from '../../../shared/dataset/split/split-table.ts';
import { takeRows } from '../../../shared/dataset/table/table.ts';
import { timesOf, windowEnd } from '../../../shared/dataset/time/window.ts';
import { evaluate } from '../../../shared/metrics/evaluate.ts';
import type { Evaluation } from '../../../shared/metrics/evaluation/evaluation.ts';
import { takePredictions } from '../../../shared/metrics/rows/subset.ts';
import { silentLogger } from '../../../shared/platform/logger.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { judgeEarlier } from '../../validate/earlier-model.ts';
import type { Window } from '../../validate/newer-rows.ts';
import type { JudgedFolders } from '../../validate/validate-inputs.ts';

/** Evaluations of the challenger, champion beside it; absent where there are no such rows. No gates are judged. */
export interface OldAndNew {
  readonly old?: Evaluation;
  readonly new?: Evaluation;
}

/**
 * Judges challenger and champion on the test rows of the former window and on those after it, apart: a gain on the new
 * that is paid for with a loss on the old shows only so.
 *
 * @param before the lock of the former window. @param championName `fuel@v1.2.0`. @param championWindow how far the
 *   champion's data goes: what lies after it can be compared however its rows were divided.
 * @returns undefined without an event time or a former window.
 */
export async function oldAndNew(
  pipeline: Pipeline,
  { dataset, model, champion, evidence }: JudgedFolders,
  {
    before,
    championName,
    championWindow,
  }: {
    readonly before: Lock | undefined;
    readonly championName?: string | undefined;
    readonly championWindow?: Window | undefined;
  },
): Promise<OldAndNew | undefined> {
  const { config } = pipeline.loaded;
  const { time } = config.data;
  const window = before?.data.window;
  if (time === undefined || window?.column !== time) return undefined;
  const { schema } = dataset;

  const judge = async (newer: boolean): Promise<Evaluation | undefined> => {
    const side = (split: SplitTable): SplitTable => rowsAfter(split, { time, until: window.until, newer });
    const places = placesAfter(evidence.rows, { time, until: window.until, newer });
    if (places.length === 0) return undefined;
    const test = takeRowsOf(evidence.rows, places);
    const predictions = takePredictions(evidence.predictions, places);
    const against =
      champion &&
      (await judgeEarlier(
        { model: champion, name: championName, window: championWindow },
        {
          model,
          schema,
          split: dataset.manifest.split,
          test,
          predictions,
          filtered: side(evidence.filtered),
          group: config.data.group,
        },
      ));
    return evaluate(
      {
        pipeline: pipeline.name,
        task: config.task,
        target: config.target,
        predictions,
        // The models are those of all rows, and so is how far they hang together: the interval of these rows is the evaluation's own.
        ...(evidence.folds ? { folds: { ...evidence.folds, rows: evidence.rows.table.rows } } : {}),
        slices: [],
        validate: { ...config.validate, gates: [], slices: [] },
        ...(against ? { champion: against } : {}),
      },
      // What makes the two incomparable was said when all rows were judged.
      { logger: silentLogger },
    );
  };
  const [old, fresh] = [await judge(false), await judge(true)];
  return { ...(old ? { old } : {}), ...(fresh ? { new: fresh } : {}) };
}

interface SideOfWindow {
  readonly time: string;
  readonly until: string;
  readonly newer: boolean;
}

function rowsAfter(rows: SplitTable, side: SideOfWindow): SplitTable {
  return takeRowsOf(rows, placesAfter(rows, side));
}

function takeRowsOf({ table, ids }: SplitTable, places: Uint32Array): SplitTable {
  return { table: takeRows(table, places), ids: BigUint64Array.from(places, (row) => ids[row]!) };
}

function placesAfter({ table }: SplitTable, { time, until, newer }: SideOfWindow): Uint32Array {
  const column = table.columns.get(time);
  if (!column) return new Uint32Array();
  const times = timesOf(column, time);
  const end = windowEnd(until, times, 'ciclo.lock: data.window.until');
  // A row without an event time is in every window.
  return Uint32Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) => times.values[row]! > end === newer,
  );
}
