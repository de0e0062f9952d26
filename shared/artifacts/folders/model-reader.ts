import { z } from 'zod';
import { type Profile, profileSchema } from '../../dataset/profile/profile.ts';
import { type Recipe, recipeSchema } from '../../dataset/recipe/recipe.ts';
import { type DatasetSchema, datasetSchema } from '../../dataset/schema/schema.ts';
import { createPredictor, type ModelBundle, type Predictor } from '../../model/predictor/predictor.ts';
import { type TrainingReport, trainingReportSchema } from '../../model/report/training-report.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { bytesOf, jsonOf, type ResultFiles, textOf } from './result-files.ts';

/**
 * The files of a model, each parsed and checked when it is asked for. Every method throws IntegrityError, naming the place,
 * the file, and what is wrong with it.
 */
export interface ModelReader {
  schema(): DatasetSchema;
  recipe(): Recipe;
  /** Of the training rows; in a bundle the published one, without rare values. */
  profile(): Profile;
  training(): TrainingReport;
  /** The model card, Markdown. */
  card(): string;
  /** What a predictor is made of. */
  model(): ModelBundle;
  predictor(): Predictor;
}

/** Reads a model, whether it lies in a folder or in a bundle: the names of its files are the same. */
export function modelReader(result: ResultFiles): ModelReader {
  const reader: ModelReader = {
    schema: () => jsonOf(result, 'schema.json', datasetSchema),
    recipe: () => jsonOf(result, 'recipe.json', recipeSchema),
    profile: () => jsonOf(result, 'profile.json', profileSchema),
    training: () => jsonOf(result, 'training.json', trainingReportSchema),
    card: () => textOf(result, 'card.md'),
    model: () => ({
      schema: reader.schema(),
      recipe: reader.recipe(),
      // Which layers and weights there may be, the predictor checks.
      modelJson: jsonOf(result, 'model.json', z.unknown()),
      weights: bytesOf(result, 'weights.bin'),
    }),
    predictor: () => predictorOf(reader.model(), result),
  };
  return reader;
}

/** @throws IntegrityError when the network is none, or does not fit recipe and schema. */
export function predictorOf(
  model: ModelBundle,
  { place, remedy }: Pick<ResultFiles, 'place' | 'remedy'>,
): Predictor {
  try {
    return createPredictor(model);
  } catch (cause) {
    if (!(cause instanceof IntegrityError)) throw cause;
    throw new IntegrityError(`${place}/${cause.message}: ${remedy}`, { cause });
  }
}
