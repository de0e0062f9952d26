import type { Profile } from '../../dataset/profile/profile.ts';
import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { layersEngine } from '../../model/predictor/engine-file.ts';
import type { Predictor } from '../../model/predictor/predictor.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';
import { formatJson } from '../../platform/json.ts';
import type { Manifest } from './manifest.ts';
import { modelReader, predictorOf } from './model-reader.ts';
import { type FolderFiles, readFolder } from './run-folder.ts';

/** What a model folder holds, beside its manifest. */
export interface ModelParts {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly profile: Profile;
  readonly training: TrainingReport;
  /** TensorFlow.js layers format: model.json. */
  readonly modelJson: unknown;
  readonly weights: Uint8Array;
  /** The model card, Markdown. */
  readonly card: string;
}

/** A model as read, ready to predict. */
export interface Model extends ModelParts {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly predictor: Predictor;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The files of a model folder. */
export function modelFiles(parts: ModelParts): FolderFiles {
  return new Map([
    ['model.json', text(formatJson(parts.modelJson))],
    ['weights.bin', parts.weights],
    ['schema.json', text(formatJson(parts.schema))],
    ['recipe.json', text(formatJson(parts.recipe))],
    ['profile.json', text(formatJson(parts.profile))],
    ['training.json', text(formatJson(parts.training))],
    ['card.md', text(parts.card)],
  ]);
}

/** The files of a model in a bundle: those of its folder, and the one that says what its engine is. */
export function releasedModelFiles(parts: ModelParts): FolderFiles {
  const engine = text(formatJson(layersEngine(parts.schema.task)));
  return new Map([...modelFiles(parts), ['engine.json', engine]]);
}

/**
 * Reads a model folder, checks every digest, and makes its predictor.
 *
 * @throws ConfigurationError when there is none, IntegrityError when a byte of it is not what its manifest says.
 */
export async function readModelFolder(folder: string): Promise<Model> {
  const read = await readFolder(folder, 'model');
  const reader = modelReader(read);
  const model = reader.model();
  return {
    folder,
    manifest: read.manifest,
    ...model,
    profile: reader.profile(),
    training: reader.training(),
    card: reader.card(),
    predictor: predictorOf(model, read),
  };
}
