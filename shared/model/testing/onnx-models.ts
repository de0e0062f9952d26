import { readFileSync } from 'node:fs';
import { configSchema } from '../../config/sections/schema.ts';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import type { Recipe } from '../../dataset/recipe/recipe-schema.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Column, type Table, tableOf } from '../../dataset/table/table.ts';
import { categories, numbers } from '../../dataset/testing/dataset-builders.ts';

const fixtures = new URL('../onnx/fixtures/', import.meta.url);

/** A file of fixtures/models.py: `lightgbm-binary`. */
export function onnxFixture(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`${name}.onnx`, fixtures)));
}

interface StoredModel {
  readonly task: DatasetSchema['task'];
  readonly target: string;
  readonly classes: string[] | null;
  readonly columns: readonly (
    | { readonly name: string; readonly type: 'number'; readonly values: (number | null)[] }
    | {
        readonly name: string;
        readonly type: 'category';
        readonly categories: string[];
        readonly values: (string | null)[];
      }
  )[];
  /** What the library that trained it predicts: numbers, or a probability for each class. */
  readonly predictions: readonly (number | readonly number[])[];
}

/** A converted model, rows for it, and what the original predicts of them. */
export interface OnnxFixture {
  readonly onnx: Uint8Array<ArrayBuffer>;
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly table: Table;
  /** Row-major rows × 1 or classes. */
  readonly expected: readonly number[];
}

/** The models of fixtures/models.json by name. */
export function onnxModel(name: string): OnnxFixture {
  const all: Record<string, StoredModel> = JSON.parse(readFileSync(new URL('models.json', fixtures), 'utf8'));
  const { task, target, classes, columns, predictions } = all[name]!;
  const feature = { role: 'feature' as const, nullable: true };
  const schema: DatasetSchema = {
    ...{ version: 1, task, target, key: [] },
    ...(classes ? { classes } : {}),
    columns: [
      ...columns.map((column) =>
        column.type === 'number'
          ? { name: column.name, type: column.type, ...feature }
          : { name: column.name, type: column.type, ...feature, categories: column.categories },
      ),
      { name: target, type: classes ? 'category' : 'number', role: 'target', nullable: false },
    ],
  };
  const table = tableOf(
    columns.map((column): [string, Column] => [
      column.name,
      column.type === 'number' ? numbers(column.values) : categories(column.values),
    ]),
  );
  return {
    onnx: onnxFixture(name),
    ...{ schema, table, recipe: recipeOf(table, schema) },
    expected: predictions.flat(),
  };
}

/** A recipe for a table without derived columns: an ONNX model uses none of what it makes of them. */
export function recipeOf(table: Table, schema: DatasetSchema): Recipe {
  const { task, target } = schema;
  return fitRecipe(
    table,
    schema,
    configSchema.parse({ task, target, data: { source: { type: 'file', path: 'rows.csv' } } }),
  );
}
