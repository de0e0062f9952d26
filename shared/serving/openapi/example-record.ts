import { typicalRow, writtenRow } from '../../dataset/recipe/typical-row.ts';
import type { Value } from '../../dataset/table/table.ts';
import type { LoadedModel } from '../served-model.ts';

/** A typical record as a client writes it: in the order of the data, dates as texts. No row of the training data shows. */
export function writtenExample({ schema, recipe, features }: LoadedModel): Record<string, Value> {
  return writtenRow(schema, typicalRow(schema, recipe), features);
}
