import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { TargetTransform } from '../ensemble/target-transform.ts';
import type { LayersModel } from './layers-runner.ts';
import type { TreesModel } from './trees-runner.ts';

/** One model of a part: of a fold, or of a seed. */
export interface EnsembleMember {
  readonly engine: LayersModel | TreesModel;
  /** What makes its inputs of a row; absent: the model's own recipe. */
  readonly recipe?: Recipe | undefined;
}

/** One part of a blend: the mean of its members. */
export interface EnsemblePart {
  /** Of the candidate; no two parts have the same. */
  readonly name: string;
  /** Of the candidate: `linear`, `neural-network`, `boosted-trees`. */
  readonly type: string;
  readonly weight: number;
  /** Regression: what its members predict in place of the target. */
  readonly target?: TargetTransform | undefined;
  readonly members: readonly EnsembleMember[];
}

/** A blend of models: the mean of its parts' answers, by their weights. */
export interface EnsembleModel {
  readonly parts: readonly EnsemblePart[];
}

/**
 * Puts an ensemble together. Parts of weight 0 are left out, and the weights of the others divided by their sum.
 *
 * @param parts with the weights that `blendFolds` or `judgeParts` found.
 * @throws RangeError when no part has a weight, or one is negative or not a number.
 */
export function ensembleOf(parts: readonly EnsemblePart[]): EnsembleModel {
  const wrong = parts.find(({ weight }) => !(weight >= 0 && Number.isFinite(weight)));
  if (wrong) {
    throw new RangeError(
      `cannot blend the part ${wrong.name}: its weight is ${wrong.weight}; a weight is 0 or more`,
    );
  }
  const used = parts.filter(({ weight }) => weight > 0);
  const sum = used.reduce((total, { weight }) => total + weight, 0);
  if (used.length === 0) throw new RangeError('cannot blend: no part has a weight above 0');
  return { parts: used.map((part) => ({ ...part, weight: part.weight / sum })) };
}

/** Bytes of an engine's numbers; its JSON is small beside them. */
export function engineBytes(engine: EnsembleMember['engine']): number {
  return 'trees' in engine ? engine.treesBin.byteLength : engine.weights.byteLength;
}
