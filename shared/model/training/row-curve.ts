// The chosen model, trained on parts of its training rows: whether more of them would help.
import { setImmediate } from 'node:timers/promises';
import { mean } from '../../algebra/descriptive-statistics.ts';
import type { Config } from '../../config/sections/schema.ts';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { takeCompacted } from '../../dataset/split/side-tables.ts';
import type { SplitTable } from '../../dataset/split/split-table.ts';
import type { Logger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { type CurvePoint, doublingGain } from '../curve/doubling-gain.ts';
import type { TargetTransform } from '../ensemble/target-transform.ts';
import type { PredictedColumns } from '../predictor/predictions.ts';
import type { RowCurve } from '../report/row-curve-report.ts';
import type { Engines } from './engines.ts';
import { blendedColumns } from './fold-contenders.ts';
import type { FoldData } from './fold-data.ts';
import { foldModel } from './fold-models.ts';
import type { NamedCandidate } from './named-candidates.ts';
import { placePredictions } from './picked-predictions.ts';
import { isOwn } from './portfolio.ts';
import { curveParts, eighthsOf, fewestOfClass, fewestOfEighth } from './row-parts.ts';
import { lossOfRow, type SearchLoss, searchLossOf } from './search-losses.ts';
import { type Targets, targetsOf } from './targets.ts';
import type { CandidatesPorts } from './train-candidates.ts';
import { trainMembers } from './train-members.ts';
import { trainingDataOf } from './training-data.ts';
import { wordsOf } from './weight-folds.ts';

/** A candidate that the chosen model consists of. */
export interface CurveCandidate {
  readonly candidate: NamedCandidate;
  readonly weight: number;
  /** What its models of all training rows say of the judged rows. */
  readonly predicted: PredictedColumns;
}

/** What models learn from, are stopped by and are judged on. */
export interface CurveFold extends Pick<FoldData, 'fold' | 'recipe' | 'train' | 'predict' | 'data'> {
  /** The places of the rows that it predicts among the judged ones. */
  readonly places: Uint32Array;
}

/** The rows of a curve. */
export interface CurveRows {
  readonly schema: DatasetSchema;
  readonly config: Config;
  readonly folds: readonly CurveFold[];
  /** The judged rows with their ids, and their targets. */
  readonly judged: SplitTable;
  readonly targets: Targets;
  readonly engines: Engines;
  readonly transform: TargetTransform | undefined;
}

/** Candidates of less weight than this are left out: they cost as much time as others. */
const leastWeight = 0.05;

/**
 * Trains the chosen model on four eighths, two quarters and one half of its training rows, each with a recipe of its own; the validation rows, that
 * stop a training and judge it, stay the same. That takes one and a half times as long as its training.
 *
 * @returns why it cannot be said, where it cannot.
 */
export async function rowCurve(
  parts: readonly CurveCandidate[],
  rows: CurveRows,
  ports: CandidatesPorts,
): Promise<RowCurve | { readonly reason: string }> {
  const { schema, config, folds, judged, targets } = rows;
  const used = parts.filter(({ weight }) => weight >= leastWeight);
  const reason = whyNot(used, rows);
  if (reason !== undefined) return { reason };
  const loss = searchLossOf(schema, config);
  const cut = folds.map((fold) => eighthsIn(fold, config));
  if (cut.some((eighths) => smallestOf(eighths) < fewestOfEighth / 2)) {
    return { reason: 'so many training rows have one key, or group, that they cannot be cut into eighths' };
  }
  const points: CurvePoint[] = [];
  const counts: number[] = [];
  for (const [rung, models] of curveParts.entries()) {
    ports.logger.info(
      `learning curve: ${counted(models.length, 'model')} of ${models[0]!.length}/8 of the training rows`,
    );
    const predicted = await trainedOn(models, used, cut, rows, ports);
    if ('reason' in predicted) return predicted;
    points.push(pointOf(predicted.models, { targets, loss }));
    counts[rung] = Math.round(mean(folds.map(({ train }) => (train.table.rows * models[0]!.length) / 8)));
    await setImmediate();
  }
  points.push(
    pointOf(
      [
        blendOf(
          used,
          used.map(({ predicted }) => predicted),
          schema,
        ),
      ],
      { targets, loss },
    ),
  );
  counts.push(Math.round(mean(folds.map(({ train }) => train.table.rows))));
  const levels = points.map(({ losses }) => mean(losses));
  if (!levels.every((level) => level > 0 && Number.isFinite(level))) {
    return { reason: `its loss is ${levels.at(-1)} on the rows that judge it` };
  }
  const isSquared = loss === 'squared error';
  const gain = doublingGain(
    { points, words: wordsOf(judged.table, divisionOf(judged, config)), isSquared },
    createRandom(config.train.seed).fork('learning curve'),
  );
  return {
    metric: metricOfLoss[loss],
    of: used.map(({ candidate }) => candidate.name),
    judged: judged.table.rows,
    points: points.map(({ means }, k) => ({
      ...{ rows: counts[k]!, models: means.length },
      loss: isSquared ? Math.sqrt(levels[k]!) : levels[k]!,
    })),
    ...gain,
  };
}

/** What is said where there is none. */
export function noCurve(reason: string): string {
  return `the learning curve is not measured: ${reason}`;
}

const metricOfLoss: Readonly<Record<SearchLoss, RowCurve['metric']>> = {
  'squared error': 'rmse',
  'absolute error': 'mae',
  'log-loss': 'log-loss',
};

function whyNot(used: readonly CurveCandidate[], { folds, schema }: CurveRows): string | undefined {
  if (!used.every(({ candidate }) => isOwn(candidate.options))) {
    return 'a command trains the model, and is not run again on parts of the rows';
  }
  const fewest = Math.min(...folds.map(({ train }) => train.table.rows));
  if (fewest < 8 * fewestOfEighth) {
    return `${counted(fewest, 'training row')} are too few to be cut into eighths of ${fewestOfEighth}`;
  }
  for (const { train } of folds) {
    const targets = targetsOf(train.table, schema);
    if (targets.kind === 'numbers') continue;
    const counts = targets.classes.map(() => 0);
    for (const code of targets.codes) counts[code]!++;
    const least = Math.min(...counts);
    if (least < fewestOfClass) {
      return `a class has ${formatCount(least)} training rows, and ${fewestOfClass} are needed for each eighth to have some`;
    }
  }
  return undefined;
}

/** Each row's group, where ciclo.yml names one that the rows have, else its key. */
function divisionOf({ table, ids }: SplitTable, { data }: Config) {
  const { group } = data;
  return { ids, ...(group !== undefined && table.columns.has(group) ? { group } : {}) };
}

function eighthsIn({ train, data }: CurveFold, config: Config): Uint8Array {
  const words = wordsOf(train.table, divisionOf(train, config));
  return eighthsOf(words, targetsOf(train.table, data.splits.schema), config.train.seed);
}

/** Rows of the smallest of the eighths that models learn from. */
function smallestOf(eighths: Uint8Array): number {
  const counts = [0, 0, 0, 0];
  for (const eighth of eighths) if (eighth < counts.length) counts[eighth]!++;
  return Math.min(...counts);
}

/** What models of some eighths say of the judged rows, or why one could not be trained. */
async function trainedOn(
  models: readonly (readonly number[])[],
  used: readonly CurveCandidate[],
  cut: readonly Uint8Array[],
  { schema, config, folds, engines, transform }: CurveRows,
  ports: CandidatesPorts,
): Promise<{ readonly models: readonly PredictedColumns[] } | { readonly reason: string }> {
  const trainings = models.flatMap((eighths) =>
    folds.map((fold, i) => {
      const rows = Uint32Array.from(cut[i]!.keys()).filter((row) => eighths.includes(cut[i]![row]!));
      const train = takeCompacted(fold.train.table, rows);
      const recipe = fitRecipe(train, schema, config);
      return {
        ...fold,
        recipe,
        data: trainingDataOf({ ...fold.data.splits, recipe, train }, compileRecipe(recipe)),
      };
    }),
  );
  const tasks = trainings.flatMap(({ data }) => used.map(({ candidate }) => ({ candidate, data })));
  const ends = await trainMembers(
    tasks.map(({ candidate, data }, at) => {
      const fold = trainings[Math.floor(at / used.length)]!;
      return { candidate: folds.length > 1 ? { ...candidate, fold: fold.fold } : candidate, data };
    }),
    { train: config.train, transform, engines },
    { ...ports, logger: progressOf(ports.logger) },
  );
  const diverged = ends.find((end) => end.kind === 'diverged');
  if (diverged) return { reason: diverged.message };
  const answers = await Promise.all(
    ends.map(async (end, at) => {
      if (end.kind === 'diverged') throw new TypeError(end.message);
      return (await foldModel(end.fitted, trainings[Math.floor(at / used.length)]!, schema)).predicted;
    }),
  );
  const judged = folds.reduce((sum, { places }) => sum + places.length, 0);
  return {
    models: models.map((_, model) => {
      const byCandidate = used.map((_, part) =>
        placePredictions(
          folds.map(({ places }, fold) => ({
            predicted: answers[(model * folds.length + fold) * used.length + part]!,
            rows: places,
          })),
          judged,
        ),
      );
      return blendOf(used, byCandidate, schema);
    }),
  };
}

/** Steps are told as those of the curve, not as the model's own training. */
function progressOf(logger: Logger): Logger {
  return {
    debug: (message) => logger.debug(message),
    info: (message) => logger.info(message),
    warn: (message, at) => logger.warn(message, at),
    progress: (step) => logger.progress({ ...step, task: `learning curve: ${step.task}` }),
  };
}

function blendOf(
  used: readonly CurveCandidate[],
  predicted: readonly PredictedColumns[],
  schema: DatasetSchema,
): PredictedColumns {
  if (used.length === 1) return predicted[0]!;
  const total = used.reduce((sum, { weight }) => sum + weight, 0);
  return blendedColumns(
    predicted,
    used.map(({ weight }) => weight / total),
    schema,
  );
}

/** What models cost, row by row and on the whole. */
function pointOf(
  models: readonly PredictedColumns[],
  { targets, loss }: { readonly targets: Targets; readonly loss: SearchLoss },
): CurvePoint {
  const rows = targets.kind === 'numbers' ? targets.values.length : targets.codes.length;
  const losses = new Float64Array(rows);
  const means = models.map((predicted) => {
    const own = Float64Array.from(losses, (_, row) => lossOfRow({ predicted, at: row }, targets, row, loss));
    for (let row = 0; row < rows; row++) losses[row]! += own[row]! / models.length;
    return mean(own);
  });
  return { losses, means };
}
