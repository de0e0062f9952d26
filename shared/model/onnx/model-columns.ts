import type { Recipe } from '../../dataset/recipe/recipe-schema.ts';
import { type DatasetSchema, featureColumns } from '../../dataset/schema/schema.ts';
import type { ColumnType } from '../../dataset/table/table.ts';

/** A column that a model from outside is fed with. */
export interface ModelColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Of a category: those whose place in this list a matrix has; absent where none are known. */
  readonly categories?: readonly string[];
}

/**
 * What a model from outside sees of a row, in this order: the features of the schema, then the derived columns that the
 * recipe uses.
 */
export function modelColumns(schema: DatasetSchema, { derived, features }: Recipe): ModelColumn[] {
  const given = featureColumns(schema).map(({ name, type, categories }) => ({
    name,
    type,
    ...(type === 'category' && categories ? { categories } : {}),
  }));
  const computed = derived.flatMap(({ name, type }) => {
    const feature = features.find(({ column }) => column === name);
    if (!feature) return [];
    const categories =
      feature.kind === 'one-hot'
        ? feature.categories
        : feature.kind === 'ordinal'
          ? feature.levels
          : undefined;
    return [{ name, type, ...(categories ? { categories } : {}) }];
  });
  return [...given, ...computed];
}
