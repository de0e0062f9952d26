// The models of a learning curve: the chosen candidates, trained on parts of the training rows.
import type { Config } from '../../../config/sections/schema.ts';
import { fitRecipe } from '../../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../../dataset/recipe/recipe-runner.ts';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { takeCompacted } from '../../../dataset/split/side-tables.ts';
import type { SplitTable } from '../../../dataset/split/split-table.ts';
import type { Logger } from '../../../platform/logger.ts';
import type { TargetTransform } from '../../ensemble/target-transform.ts';
import type { PredictedColumns } from '../../predictor/predictions.ts';
import type { NamedCandidate } from '../candidates/named-candidates.ts';
import { placePredictions } from '../choice/picked-predictions.ts';
import type { Targets } from '../data/targets.ts';
import { trainingDataOf } from '../data/training-data.ts';
import type { Engines } from '../fitting/engines.ts';
import type { CandidatesPorts } from '../fitting/train-candidates.ts';
import { trainMembers } from '../fitting/train-members.ts';
import { blendedColumns } from '../folds/fold-contenders.ts';
import type { FoldData } from '../folds/fold-data.ts';
import { foldModel } from '../folds/fold-models.ts';

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

/** What models of some eighths say of the judged rows, or why one could not be trained. */
export async function trainedOn(
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

/** What candidates say together, as the chosen model weighs them. */
export function blendOf(
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
