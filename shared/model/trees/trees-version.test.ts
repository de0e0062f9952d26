import { expect, it } from 'vitest';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import { sha256 } from '../../platform/digest.ts';
import { houses } from '../testing/model-builders.ts';
import { treesOf } from '../testing/trees-builder.ts';
import { multiclassLoss } from './boosting-losses.ts';
import { treesVersion } from './trees-version.ts';

it('gives the bytes of its version, on every machine', () => {
  // Whoever changes the bytes counts the version up: fingerprints of models stand on it.
  const { train, schema, config } = houses();
  const recipe = fitRecipe(train, schema, config);
  const targets = Float64Array.from({ length: train.rows }, (_, row) => (row * row) % 3);
  const { treesBin } = treesOf(recipe, train, multiclassLoss(3), targets);
  expect([treesVersion, sha256(treesBin)]).toEqual([
    '1',
    'sha256:f126365a9732bde544037217a5876b94bd57d90122f9c2032cdb7dbabd66096f',
  ]);
});
