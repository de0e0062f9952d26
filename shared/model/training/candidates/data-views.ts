// What a candidate sees of the rows: a network of few rows does without the encodings of numbers by quantile bin, and where columns
// that grow with the time are left out every candidate does without these.
import type { Candidate } from '../../../config/sections/candidates/candidate.ts';
import { narrowedRecipe } from '../../../dataset/recipe/narrowed-recipe.ts';
import { plainRecipe } from '../../../dataset/recipe/plain-recipe.ts';
import type { Recipe } from '../../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../../dataset/recipe/recipe-runner.ts';
import { fewRows } from '../../../dataset/split/few-rows.ts';
import { type CandidateData, trainingDataOf } from '../data/training-data.ts';
import type { NamedCandidate } from './named-candidates.ts';

/**
 * Gives tasks the rows as their candidates see them; the same view of the same rows is made once.
 *
 * The rows of the whole dataset decide it, so that the models of folds and the one of all rows see the same.
 */
export function createViews(): (task: {
  readonly candidate: NamedCandidate;
  readonly data: CandidateData;
}) => CandidateData {
  const known = {
    plain: new Map<CandidateData, CandidateData>(),
    whole: new Map<CandidateData, CandidateData>(),
  };
  return ({ candidate: { options }, data }) => {
    const isPlain = seesPlain(options, data.splits.available);
    const views = isPlain ? known.plain : known.whole;
    const view = views.get(data) ?? viewOf(data, isPlain);
    views.set(data, view);
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

/** The same rows by a recipe with fewer inputs; the rows themselves where it would have as many. */
function viewOf(data: CandidateData, isPlain: boolean): CandidateData {
  const { splits } = data;
  const narrowed = narrowedBy(splits.recipe, splits.leftOut);
  const recipe = isPlain ? plainRecipe(narrowed) : narrowed;
  const runner = compileRecipe(recipe);
  return runner.width === data.inputs ? data : trainingDataOf({ ...splits, recipe }, runner);
}

/** Where nothing would be left to learn from, all columns stay. */
function narrowedBy(recipe: Recipe, columns: ReadonlySet<string> | undefined): Recipe {
  return columns === undefined ? recipe : (narrowedRecipe(recipe, columns) ?? recipe);
}
