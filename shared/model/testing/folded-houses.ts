import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import type { TrainFoldsInput } from '../training/folds/fold-data.ts';
import { type HousesOptions, houses } from './model-builders.ts';

/** The houses in folds, one row after the other; three quarters of the rows that are asked for. */
export function foldedHouses(
  options: HousesOptions = {},
  { count = 5, folds }: { readonly count?: number; readonly folds?: (row: number) => number } = {},
): TrainFoldsInput {
  const { schema, recipe, train: table, config } = houses(options);
  const foldOf = folds ?? ((row: number) => row % count);
  const rows = {
    table,
    ids: BigUint64Array.from({ length: table.rows }, (_, row) => 1000n + BigInt(row)),
    folds: Uint8Array.from({ length: table.rows }, (_, row) => foldOf(row)),
  };
  return { schema, recipe, rows, count, config };
}

/** The same with another table, and the recipe of that. */
export function withTable(input: TrainFoldsInput, table: TrainFoldsInput['rows']['table']): TrainFoldsInput {
  const recipe = fitRecipe(table, input.schema, input.config);
  return { ...input, recipe, rows: { ...input.rows, table } };
}
