import type { ColumnSchema } from '../../dataset/schema/schema.ts';
import type { LoadedModel } from '../served-model.ts';
import { cellSchema, type JsonSchema, listOf, objectOf } from './json-schema.ts';

/** A list of values for each feature; all of one length, which a schema cannot say. */
export function columnsSchema({ schema, features }: LoadedModel): JsonSchema {
  const others = schema.columns.filter(({ role }) => role !== 'feature').map(({ name }) => name);
  return objectOf(
    {
      ...Object.fromEntries(features.map((column) => [column.name, listOf(cellSchema(column))])),
      ...Object.fromEntries(others.map((name) => [name, listOf({})])),
    },
    others,
  );
}

/** A row's values in the order of the data's columns. */
export function rowSchema(features: readonly ColumnSchema[]): JsonSchema {
  return {
    type: 'array',
    prefixItems: features.map((column) => cellSchema(column)),
    items: false,
    minItems: features.length,
  };
}
