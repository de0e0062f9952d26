import { expect, test } from 'vitest';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import { tableOf } from '../../dataset/table/table.ts';
import { categories, configWith, dates, numbers, schemaOf } from '../../dataset/testing/dataset-builders.ts';
import { modelColumns } from '../onnx/model-columns.ts';
import { treeColumns } from './tree-inputs.ts';

test('trees and models from outside read columns as they are, however a recipe encodes them', () => {
  const rows = Array.from({ length: 300 }, (_, i) => i);
  const table = tableOf([
    ['n', numbers(rows.map((i) => (i % 10 === 0 ? null : i * 1.5)))],
    ['c', categories(rows.map((i) => (i < 7 ? 'rare' : i % 2 ? 'a' : 'b')))],
    ['t', dates(rows.map((i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString()))],
  ]);
  const encode = 'piecewise-linear' as const;
  const schema = schemaOf(table);
  const encoded = fitRecipe(
    table,
    schema,
    configWith({
      features: { t: { encode } },
      prepare: { numbers: { encode, bound: 1 }, categories: { 'min-count': 10 } },
    }),
  );
  const plain = fitRecipe(table, schema, configWith({}));
  expect(compileRecipe(encoded).width).toBeGreaterThan(compileRecipe(plain).width);
  expect(treeColumns(encoded, table)).toEqual(treeColumns(plain, table));
  expect(modelColumns(schema, encoded)).toEqual(modelColumns(schema, plain));
});
