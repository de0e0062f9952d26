import { expect, test } from 'vitest';
import { plainRecipe } from '../../../dataset/recipe/plain-recipe.ts';
import { compileRecipe } from '../../../dataset/recipe/recipe-runner.ts';
import { silentLogger } from '../../../platform/logger.ts';
import type { EnsembleMember } from '../../predictor/ensemble-model.ts';
import { houses } from '../../testing/model-builders.ts';
import { trainingDataOf } from '../data/training-data.ts';
import { trainModel } from '../train-model.ts';
import { createViews } from './data-views.ts';
import { nameCandidates } from './named-candidates.ts';
import { trainingSizeOf } from './training-size.ts';

const encoded = { numbers: { encode: 'piecewise-linear' } } as const;

/** Inputs that each candidate of a dataset of so many rows sees. */
function inputsOf(available: number): number[] {
  const candidates = [
    { type: 'linear' },
    { type: 'boosted-trees' },
    { type: 'neural-network' },
    { type: 'neural-network', encoding: 'encoded' },
    { type: 'neural-network', encoding: 'plain' },
  ] as const;
  const input = houses({ candidates, prepare: encoded });
  const data = trainingDataOf({ ...input, available }, compileRecipe(input.recipe));
  const views = createViews();
  return nameCandidates(input.config.train.candidates!, { size: trainingSizeOf(data), fits: 1 }).map(
    (candidate) => views({ candidate, data }).inputs,
  );
}

test('networks of fewer than 2,000 rows do without encodings by quantile bin, unless they ask for them', () => {
  const plain = compileRecipe(houses().recipe).width;
  const [all] = inputsOf(1999);
  expect(all).toBeGreaterThan(plain);
  expect(inputsOf(1999)).toEqual([all, all, plain, all, plain]);
  expect(inputsOf(2000)).toEqual([all, all, all, all, plain]);
});

test('a model is kept with the recipe that it reads', async () => {
  const network = { type: 'neural-network', layers: [4], epochs: 2, seeds: 1 } as const;
  const input = houses({ candidates: [network], prepare: encoded });
  const trained = await trainModel(input, { logger: silentLogger });
  if (!('parts' in trained)) throw new TypeError('a recipe of its own makes it a member');
  const [{ recipe }] = trained.parts[0]!.members as [EnsembleMember];
  expect(JSON.stringify(input.recipe)).toContain('pieces');
  expect(recipe).toEqual(plainRecipe(input.recipe));
  expect(trained.report.inputs).toBe(compileRecipe(recipe!).width);
});
