import type { Profile } from '../../dataset/profile/profile.ts';
import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { RuntimePlaces } from '../../model/onnx/runtime-places.ts';
import {
  type FoldedPredictions,
  foldTrainingFile,
  readFoldTraining,
  writeFoldTraining,
} from '../../model/out-of-fold/folded-predictions.ts';
import {
  type OutOfFold,
  outOfFoldFile,
  readOutOfFold,
  writeOutOfFold,
} from '../../model/out-of-fold/out-of-fold.ts';
import {
  type Engine,
  ensembleEngine,
  layersEngine,
  onnxEngine,
  predictionsEngine,
  treesEngine,
} from '../../model/predictor/engine-file.ts';
import type { EngineModel, Predictor } from '../../model/predictor/predictor.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';
import { formatJson } from '../../platform/json.ts';
import { ensembleFiles } from './ensemble-files.ts';
import type { Manifest } from './manifest.ts';
import { modelReader, predictorOf } from './model-reader.ts';
import { bytesOf, type ResultFiles } from './result-files.ts';
import { type FolderFiles, readFolder } from './run-folder.ts';

/** What a model folder holds, beside its manifest. */
export type ModelParts = EngineModel & {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly profile: Profile;
  readonly training: TrainingReport;
  /** The model card, Markdown. */
  readonly card: string;
  /** Binary: above which probability of the second class that is the answer; default 0.5. */
  readonly threshold?: number;
  /** Of rows in folds, what models that have not seen them said of them. */
  readonly outOfFold?: OutOfFold;
  /** And what these models said of the rows that they learned from. */
  readonly foldTraining?: FoldedPredictions;
};

/** A model as read, ready to predict. */
export type Model = ModelParts & {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly predictor: Predictor;
};

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The files of a model folder. */
export function modelFiles(parts: ModelParts): FolderFiles {
  return new Map([
    ...engineFiles(parts),
    ['schema.json', text(formatJson(parts.schema))],
    ['recipe.json', text(formatJson(parts.recipe))],
    ['profile.json', text(formatJson(parts.profile))],
    ['training.json', text(formatJson(parts.training))],
    ['card.md', text(parts.card)],
    ...foldFiles(parts),
  ]);
}

function foldFiles({ outOfFold, foldTraining }: ModelParts): [string, Uint8Array][] {
  return [
    ...(outOfFold ? ([[outOfFoldFile, writeOutOfFold(outOfFold)]] satisfies [string, Uint8Array][]) : []),
    ...(foldTraining
      ? ([[foldTrainingFile, writeFoldTraining(foldTraining)]] satisfies [string, Uint8Array][])
      : []),
  ];
}

/**
 * The engine's own files. A folder without engine.json holds layers that decide at 0.5, as all did before there were other
 * engines and thresholds.
 */
function engineFiles(parts: ModelParts): [string, Uint8Array][] {
  const own = ownFiles(parts);
  const isSaid = !('modelJson' in parts) || (parts.threshold !== undefined && parts.threshold !== 0.5);
  return isSaid ? [['engine.json', text(formatJson(engineOf(parts)))], ...own] : own;
}

function ownFiles(parts: ModelParts): [string, Uint8Array][] {
  if ('parts' in parts) return [...ensembleFiles(parts, parts.recipe)];
  if ('onnx' in parts) return [['model.onnx', parts.onnx]];
  if ('predictions' in parts) return [['predictions.arrow', parts.predictions]];
  if ('trees' in parts) {
    return [
      ['trees.bin', parts.treesBin],
      ['trees.json', text(formatJson(parts.trees))],
    ];
  }
  return [
    ['model.json', text(formatJson(parts.modelJson))],
    ['weights.bin', parts.weights],
  ];
}

/** What engine.json says of a model. */
function engineOf(parts: ModelParts): Engine {
  const engine = undecidedEngine(parts);
  return parts.threshold === undefined ? engine : { ...engine, threshold: parts.threshold };
}

function undecidedEngine(parts: ModelParts): Engine {
  const { task } = parts.schema;
  if ('parts' in parts) return ensembleEngine(task, [...ensembleFiles(parts, parts.recipe).keys()].sort());
  if ('onnx' in parts) return onnxEngine(task);
  if ('predictions' in parts) return predictionsEngine(task);
  return 'trees' in parts ? treesEngine(task) : layersEngine(task);
}

/**
 * The files of a model in a bundle: those of its folder, and the one that says what its engine is. Who can guess a row's key
 * knows from predictions of rows that the row is there, and what its target is.
 *
 * @param readers.mayReadRows whether all who may read the bundle may read the data too: then the out-of-fold predictions are
 *   among them. What folds' models said of rows that they learned from never is.
 */
export function releasedModelFiles(
  { outOfFold, foldTraining: _, ...parts }: ModelParts,
  { mayReadRows }: { readonly mayReadRows: boolean },
): FolderFiles {
  const released = { ...parts, ...(outOfFold && mayReadRows ? { outOfFold } : {}) };
  return new Map([...modelFiles(released), ['engine.json', text(formatJson(engineOf(parts)))]]);
}

/**
 * Reads a model folder, checks every digest, and makes its predictor.
 *
 * @param places where the runtime of ONNX models is looked for, beside Ciclo itself.
 * @throws ConfigurationError when there is none, IntegrityError when a byte of it is not what its manifest says.
 */
export async function readModelFolder(folder: string, places?: RuntimePlaces): Promise<Model> {
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
    ...foldsOf(read, model.schema),
    predictor: await predictorOf(model, read, places),
  };
}

function foldsOf(read: ResultFiles, schema: DatasetSchema): Pick<ModelParts, 'outOfFold' | 'foldTraining'> {
  const bytes = (name: string): [Uint8Array, DatasetSchema, string] => [
    bytesOf(read, name),
    schema,
    `${read.place}/${name}`,
  ];
  return {
    ...(read.files.has(outOfFoldFile) ? { outOfFold: readOutOfFold(...bytes(outOfFoldFile)) } : {}),
    ...(read.files.has(foldTrainingFile)
      ? { foldTraining: readFoldTraining(...bytes(foldTrainingFile)) }
      : {}),
  };
}
