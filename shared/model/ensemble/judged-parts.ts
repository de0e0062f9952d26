import { blendFolds, type FoldBlend } from './blend-folds.ts';
import type { BlendTargets, PartPredictions } from './blend-weights.ts';

/** What a part is worth. */
export interface JudgedPart {
  readonly weight: number;
  /** Of the part alone. */
  readonly score: number;
  /** Of the blend of all other parts; absent of the only one. */
  readonly without?: number;
}

/** A blend and each of its parts, judged on the same out-of-fold predictions. */
export interface JudgedBlend extends FoldBlend {
  readonly score: number;
  readonly parts: readonly JudgedPart[];
}

/**
 * Blends parts, and says of each what it scores alone and what the blend scores without it, its weights found again.
 *
 * @param scoreOf judges predictions of all rows, in the parts' layout.
 * @throws RangeError as {@link blendFolds} does.
 */
export function judgeParts(
  parts: PartPredictions,
  folds: ArrayLike<number>,
  targets: BlendTargets,
  scoreOf: (predictions: Float64Array) => number,
  rowWeights?: Float64Array,
): JudgedBlend {
  const blend = blendFolds(parts, folds, targets, rowWeights);
  const judged = parts.map((predicted, part): JudgedPart => {
    const alone = { weight: blend.weights[part]!, score: scoreOf(predicted) };
    const others = parts.filter((_, other) => other !== part);
    if (others.length === 0) return alone;
    return { ...alone, without: scoreOf(blendFolds(others, folds, targets, rowWeights).predictions) };
  });
  return { ...blend, score: scoreOf(blend.predictions), parts: judged };
}
