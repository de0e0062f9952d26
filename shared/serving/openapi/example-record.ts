import { typicalRow } from '../../dataset/recipe/typical-row.ts';
import type { Value } from '../../dataset/table/table.ts';
import type { LoadedModel } from '../served-model.ts';

/** A typical record as a client writes it: in the order of the data, dates as texts. No row of the training data shows. */
export function writtenExample({ schema, recipe, features }: LoadedModel): Record<string, Value> {
  const typical = typicalRow(schema, recipe);
  const record: Record<string, Value> = Object.create(null);
  for (const { name, type } of features) {
    const value = typical[name] ?? null;
    record[name] = type === 'date' && typeof value === 'number' ? new Date(value).toISOString() : value;
  }
  return record;
}
