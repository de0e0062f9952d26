// What a candidate sees of the rows: a network of few rows does without the encodings of numbers by quantile bin.
import type { Candidate } from '../../config/sections/train-section.ts';
import { plainRecipe } from '../../dataset/recipe/plain-recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import { fewRows } from '../../dataset/split/few-rows.ts';
import type { NamedCandidate } from './named-candidates.ts';
import { type CandidateData, trainingDataOf } from './training-data.ts';

/**
 * Gives tasks the rows as their candidates see them; the same view of the same rows is made once.
 *
 * The rows of the whole dataset decide it, so that the models of folds and the one of all rows see the same.
 */
export function createViews(): (task: {
  readonly candidate: NamedCandidate;
  readonly data: CandidateData;
}) => CandidateData {
  const plain = new Map<CandidateData, CandidateData>();
  return ({ candidate: { options }, data }) => {
    if (!seesPlain(options, data.splits.available)) return data;
    const known = plain.get(data);
    if (known) return known;
    const view = plainView(data);
    plain.set(data, view);
    return view;
  };
}

/**
 * A network of few rows does better without piecewise-linear encodings (6.8% of the loss on small tables, while those of
 * larger tables and linear models gain by them; ADR 0032).
 */
function seesPlain(options: Candidate, available: number): boolean {
  if (options.type === 'linear') return options.encoding === 'plain';
  if (options.type !== 'neural-network' || options.encoding === 'encoded') return false;
  return options.encoding === 'plain' || available < fewRows;
}

/** The same rows by the same recipe without its pieces; the rows themselves where it has none. */
function plainView(data: CandidateData): CandidateData {
  const { splits } = data;
  const recipe = plainRecipe(splits.recipe);
  const runner = compileRecipe(recipe);
  return runner.width === data.inputs ? data : trainingDataOf({ ...splits, recipe }, runner);
}
