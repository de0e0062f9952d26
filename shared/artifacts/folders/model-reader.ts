import { z } from 'zod';
import { type Profile, profileSchema } from '../../dataset/profile/profile.ts';
import { type Recipe, recipeSchema } from '../../dataset/recipe/recipe.ts';
import { type DatasetSchema, datasetSchema } from '../../dataset/schema/schema.ts';
import type { RuntimePlaces } from '../../model/onnx/runtime-places.ts';
import {
  type Engine,
  engineSchema,
  knownEngineKinds,
  layersEngine,
  unknownEngineKind,
} from '../../model/predictor/engine-file.ts';
import type { EngineModel, ModelBundle, Predictor } from '../../model/predictor/predictor.ts';
import { startPredictor } from '../../model/predictor/start-predictor.ts';
import { type TrainingReport, trainingReportSchema } from '../../model/report/training-report.ts';
import { IntegrityError, quote } from '../../platform/errors.ts';
import { cicloVersion } from '../../platform/version.ts';
import { readEnsemble } from './ensemble-files.ts';
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
  /** What computes its predictions, and with which files. */
  engine(): Engine;
  /** What a predictor is made of. */
  model(): ModelBundle;
  /** @param places where the runtime of ONNX models is looked for, beside Ciclo itself. */
  predictor(places?: RuntimePlaces): Promise<Predictor>;
}

/** Reads a model, whether it lies in a folder or in a bundle: the names of its files are the same. */
export function modelReader(result: ResultFiles & { readonly hasEngine?: boolean }): ModelReader {
  const reader: ModelReader = {
    schema: () => jsonOf(result, 'schema.json', datasetSchema),
    recipe: () => jsonOf(result, 'recipe.json', recipeSchema),
    profile: () => jsonOf(result, 'profile.json', profileSchema),
    training: () => jsonOf(result, 'training.json', trainingReportSchema),
    card: () => textOf(result, 'card.md'),
    engine: () => engineOf(result),
    model: () => {
      const engine = reader.engine();
      const common = { ...thresholdOf(engine), schema: reader.schema(), recipe: reader.recipe() };
      return { ...common, ...engineModelOf(engine, result) };
    },
    predictor: async (places) => predictorOf(reader.model(), result, places),
  };
  return reader;
}

/** An engine's own files; whether they are what it can run, the predictor checks. */
function engineModelOf({ kind, files }: Engine, result: ResultFiles): EngineModel {
  switch (kind) {
    case 'ensemble':
      return readEnsemble(result, files);
    case 'layers':
      return {
        modelJson: jsonOf(result, 'model.json', z.unknown()),
        weights: bytesOf(result, 'weights.bin'),
      };
    case 'trees':
      return { trees: jsonOf(result, 'trees.json', z.unknown()), treesBin: bytesOf(result, 'trees.bin') };
    case 'onnx':
      return { onnx: bytesOf(result, 'model.onnx') };
    case 'predictions':
      return { predictions: bytesOf(result, 'predictions.arrow') };
  }
}

function thresholdOf({ threshold }: Engine): Pick<ModelBundle, 'threshold'> {
  return threshold === undefined ? {} : { threshold };
}

/**
 * The engine of a model: what its engine.json says; without one it is what all models had before there was such a file.
 *
 * @param result.hasEngine the file must be there.
 * @throws IntegrityError when it is not, does not fit its format, or names a kind that this Ciclo cannot run.
 */
export function engineOf(result: ResultFiles & { readonly hasEngine?: boolean }): Engine {
  const { place, files, hasEngine } = result;
  if (!hasEngine && !files.has('engine.json')) {
    return layersEngine(jsonOf(result, 'schema.json', datasetSchema).task);
  }
  const kind = unknownEngineKind(jsonOf(result, 'engine.json', z.unknown()));
  if (kind === undefined) return jsonOf(result, 'engine.json', engineSchema);
  throw new IntegrityError(
    `${place}/engine.json: the model runs on an engine of the kind ${quote(kind)}, and Ciclo ${cicloVersion} knows ${knownEngineKinds.join(', ')}: update Ciclo`,
  );
}

/** @throws IntegrityError when the engine's files are not what they should be, or do not fit recipe and schema. */
export async function predictorOf(
  model: ModelBundle,
  { place, remedy }: Pick<ResultFiles, 'place' | 'remedy'>,
  places: RuntimePlaces = { folders: [] },
): Promise<Predictor> {
  try {
    return await startPredictor(model, places);
  } catch (cause) {
    if (!(cause instanceof IntegrityError)) throw cause;
    throw new IntegrityError(`${place}/${cause.message}: ${remedy}`, { cause });
  }
}
