import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { OnnxModel } from '../onnx/onnx-runner.ts';
import type { EnsembleModel } from './ensemble-model.ts';
import type { LayersModel } from './layers-runner.ts';
import type { StoredPredictions } from './stored-predictions.ts';
import type { TreesModel } from './trees-runner.ts';

/** The files of an engine of Ciclo's own, parsed as far as JSON. */
export type DirectEngineModel = LayersModel | TreesModel | EnsembleModel;

/** An engine's own files. Predictions alone are no engine: they can be judged, and nothing else. */
export type EngineModel = DirectEngineModel | OnnxModel | StoredPredictions;

/** What a model is beside its engine. */
interface BundleContext {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  /** Binary tasks: above which probability the second class is the answer; default 0.5. */
  readonly threshold?: number;
}

/** A model that Ciclo's own predictor runs, also in a page. */
export type DirectBundle = DirectEngineModel & BundleContext;

/** What a predictor is made of. */
export type ModelBundle = EngineModel & BundleContext;

/** Whether Ciclo's own predictor runs a model: in the browser, too. */
export function isDirect(model: ModelBundle): model is DirectBundle {
  return 'modelJson' in model || 'trees' in model || 'parts' in model;
}
