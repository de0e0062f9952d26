import path from 'node:path';
import { readModelFolder } from '../../../shared/artifacts/folders/model-folder.ts';
import type { Lock } from '../../../shared/config/lock/lock.ts';
import type { SplitTable } from '../../../shared/dataset/split/split-table.ts';
import { takeRows } from '../../../shared/dataset/table/table.ts';
import { timesOf, windowEnd } from '../../../shared/dataset/time/window.ts';
import { evaluate } from '../../../shared/metrics/evaluate.ts';
import type { Evaluation } from '../../../shared/metrics/evaluation/evaluation.ts';
import { silentLogger } from '../../../shared/platform/logger.ts';
import type { ProductionChampion } from '../../deploy/champion.ts';
import { loadPipeline } from '../../prepare/collect.ts';
import { readPrepared } from '../../prepare/prepared-dataset.ts';
import { judgeChampion } from '../../validate/champion.ts';
import { predictionsOf } from '../../validate/predictions.ts';

/** Evaluations of the challenger, champion beside it; absent where there are no such rows. No gates are judged. */
export interface OldAndNew {
  readonly old?: Evaluation;
  readonly new?: Evaluation;
}

/**
 * Judges challenger and champion on the test rows of the former window and on those after it, apart: a gain on the new
 * that is paid for with a loss on the old shows only so.
 *
 * @returns undefined without an event time or a former window.
 */
export async function oldAndNew(
  inputs: { readonly config: string; readonly lock: string; readonly output: string },
  { before, champion }: { readonly before: Lock | undefined; readonly champion?: ProductionChampion },
): Promise<OldAndNew | undefined> {
  const pipeline = await loadPipeline(inputs.config, inputs.lock);
  const { config } = pipeline.loaded;
  const { time } = config.data;
  const window = before?.data.window;
  if (time === undefined || window?.column !== time) return undefined;
  const dataset = await readPrepared(pipeline, inputs.output, ['test', 'filtered']);
  const model = await readModelFolder(path.join(inputs.output, 'model'));
  const theirs = champion && (await readModelFolder(champion.folder));
  const { schema } = dataset;

  const judge = (newer: boolean): Evaluation | undefined => {
    const side = (split: SplitTable): SplitTable => rowsAfter(split, { time, until: window.until, newer });
    const test = side(dataset.splits.test);
    if (test.table.rows === 0) return undefined;
    const predictions = predictionsOf(model.predictor, test.table, schema);
    const against =
      theirs &&
      judgeChampion(theirs, champion.name, {
        predictor: model.predictor,
        schema,
        split: dataset.manifest.split,
        test,
        predictions,
        filtered: side(dataset.splits.filtered),
      });
    return evaluate(
      {
        pipeline: pipeline.name,
        task: config.task,
        target: config.target,
        predictions,
        slices: [],
        validate: { ...config.validate, gates: [], slices: [] },
        ...(against ? { champion: against } : {}),
      },
      // What makes the two incomparable was said when all rows were judged.
      { logger: silentLogger },
    );
  };
  const [old, fresh] = [judge(false), judge(true)];
  return { ...(old ? { old } : {}), ...(fresh ? { new: fresh } : {}) };
}

function rowsAfter(
  { table, ids }: SplitTable,
  { time, until, newer }: { readonly time: string; readonly until: string; readonly newer: boolean },
): SplitTable {
  const column = table.columns.get(time);
  if (!column) return { table: takeRows(table, new Uint32Array()), ids: new BigUint64Array() };
  const times = timesOf(column, time);
  const end = windowEnd(until, times, 'ciclo.lock: data.window.until');
  // A row without an event time is in every window.
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) => times.values[row]! > end === newer,
  );
  return { table: takeRows(table, rows), ids: BigUint64Array.from(rows, (row) => ids[row]!) };
}
