// Training on rows in folds: every row is predicted by a model that has not seen it, and all rows train what is deployed.
import type { EngineFiles } from '../engine/engine.ts';
import type { FoldedPredictions } from '../out-of-fold/folded-predictions.ts';
import type { OutOfFold } from '../out-of-fold/out-of-fold.ts';
import type { CandidatesPorts } from './fitting/train-candidates.ts';
import type { TrainedModel } from './fitting/trained-model.ts';
import type { TrainFoldsInput } from './folds/fold-data.ts';
import { foldTrainingOf, outOfFoldOf } from './folds/fold-rows.ts';
import { trainOutOfFold } from './train-out-of-fold.ts';

/** A model trained on all rows, and what models of folds said of each row without having seen it. */
export type TrainedFolds = TrainedModel & {
  readonly outOfFold: OutOfFold;
  /** What each fold's model says of its own training rows; absent where a command gave predictions alone. */
  readonly foldTraining?: FoldedPredictions;
};

/**
 * Trains every candidate in every fold, each fold with a recipe of its own and the next fold to stop early. Of two or more of
 * Ciclo's own the model is their blend, unless `train.blend` is false: then the best. Weights, or choice, for each fold's rows
 * come from the other folds, those of the deployed model from all.
 *
 * @throws ConfigurationError when there is nothing to learn from, or every candidate diverged.
 */
export async function trainFolds(
  input: TrainFoldsInput,
  ports: CandidatesPorts & { readonly engineFiles?: EngineFiles; readonly curve?: boolean },
): Promise<TrainedFolds> {
  const { trained, choices, models, context } = await trainOutOfFold(input, ports);
  const { judged, folds } = context;
  const foldTraining = await foldTrainingOf(choices, models, { ...judged, folds });
  return {
    ...trained,
    outOfFold: outOfFoldOf(choices, models, input, judged),
    ...(foldTraining ? { foldTraining } : {}),
  };
}
