import { expect, test } from 'vitest';
import type { ConfigInput } from '../../config/sections/schema.ts';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import { tableOf } from '../../dataset/table/table.ts';
import { configWith, numbers, schemaOf } from '../../dataset/testing/dataset-builders.ts';
import { type VersionFacts, versionBump } from './version-bump.ts';

function factsOf(x: NonNullable<ConfigInput['features']>[string], shift = 0): VersionFacts {
  const table = tableOf([['x', numbers(Array.from({ length: 300 }, (_, i) => (i % 60) + shift))]]);
  const schema = schemaOf(table);
  return { schema, recipe: fitRecipe(table, schema, configWith({ features: { x } })), train: 'same' };
}

const recipeChanged = { bump: 'minor', reasons: ['the recipe changed'] };

test('an encoding or a bound that comes or goes is another recipe', () => {
  const plain = factsOf({});
  for (const x of [{ encode: 'piecewise-linear' }, { bound: 8 }] as const) {
    expect(versionBump(plain, factsOf(x))).toEqual(recipeChanged);
    expect(versionBump(factsOf(x), plain)).toEqual(recipeChanged);
  }
  expect(versionBump(factsOf({ bound: 8 }), factsOf({ bound: 4 }))).toEqual(recipeChanged);
});

test('other edges of the same bins are other data', () => {
  const encode = 'piecewise-linear' as const;
  expect(versionBump(factsOf({ encode }), factsOf({ encode }, 0.5))).toEqual({
    bump: 'patch',
    reasons: ['only the data changed'],
  });
});

test('an input for missing values that comes because more of them are missing is other data', () => {
  const facts = (missing: number): VersionFacts => {
    const values = Array.from({ length: 300 }, (_, i) => (i < missing ? null : i % 60));
    const table = tableOf([['x', numbers(values)]]);
    const schema = schemaOf(table);
    return { schema, recipe: fitRecipe(table, schema, configWith()), train: 'same' };
  };
  expect(facts(4).recipe.features[0]).toMatchObject({ indicator: false });
  expect(facts(5).recipe.features[0]).toMatchObject({ indicator: true });
  expect(versionBump(facts(4), facts(5)).bump).toBe('patch');
});
