// The models of a candidate: one a seed, whose mean it is.
import type { Recipe } from '../../../dataset/recipe/recipe.ts';
import type { TargetTransform } from '../../ensemble/target-transform.ts';
import { type EnsembleMember, type EnsemblePart, ensembleOf } from '../../predictor/ensemble-model.ts';
import type { FittedCandidate, SavedEngine } from './fit-candidate.ts';

/**
 * The models of a candidate that were trained on the same rows, as one: the mean of their answers, of a logarithm turned back.
 * What is said of it is said of the one with the median best round.
 *
 * @param fitted at least one; of a command one.
 * @param target what the models learned in the target's place.
 */
export function joinedMembers(
  fitted: readonly FittedCandidate[],
  target: TargetTransform | undefined,
): FittedCandidate {
  const [first] = fitted as [FittedCandidate];
  const bestRounds = fitted.map(({ report }) => report.bestEpoch);
  if (fitted.length === 1 && !target && !first.recipe) return { ...first, bestRounds };
  const middle = fitted.find(({ report }) => report.bestEpoch === lowerMedian(bestRounds))!;
  const part = {
    ...{ name: first.name, type: first.report.type, weight: 1, target },
    members: fitted.flatMap((one) => membersOf(one)),
  };
  const parameters = fitted.reduce((sum, { report }) => sum + report.parameters, 0);
  const { recipe: _, ...rest } = middle;
  return { ...rest, bestRounds, saved: ensembleOf([part]), report: { ...middle.report, parameters } };
}

/**
 * The models of a candidate, as members of a blend.
 *
 * @param recipe of the rows that they learned from; absent: the recipe of the blend.
 */
export function membersOf(
  { saved, recipe: own }: Pick<FittedCandidate, 'saved' | 'recipe'>,
  recipe?: Recipe,
): EnsembleMember[] {
  if ('onnx' in saved || 'predictions' in saved) {
    throw new TypeError('a model from outside is no part of a blend');
  }
  if (!('parts' in saved)) return [memberOf(saved, own ?? recipe)];
  return saved.parts.flatMap(({ members }) =>
    members.map((member) => memberOf(member.engine, member.recipe ?? recipe)),
  );
}

function memberOf(engine: EnsembleMember['engine'], recipe: Recipe | undefined): EnsembleMember {
  return { engine, ...(recipe === undefined ? {} : { recipe }) };
}

/** Parts as what is saved: a blend; of one part that is a single model with the blend's recipe that model. */
export function savedParts(parts: readonly EnsemblePart[]): SavedEngine {
  const blend = ensembleOf(parts);
  const [only, ...others] = blend.parts;
  const [member, ...further] = only!.members;
  const isSingle = others.length === 0 && further.length === 0 && !only!.target && !member!.recipe;
  return isSingle ? (member!.engine as SavedEngine) : blend;
}

/** Of an even number of values the lower one of the two in the middle: a round that really was the best of a model. */
export function lowerMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}
