import type { ColumnType } from '../table/table.ts';
import { type CategoryEncoder, encodeHash, encodeOneHot, encodeOrdinal } from './category-encoders.ts';
import { encodeBoolean, encodeDate, encodeNumber, type NumberEncoder } from './number-encoders.ts';
import type { RecipeFeature } from './recipe-schema.ts';

/** Writes the inputs of one feature. */
export type Encoder = NumberEncoder | CategoryEncoder;

/**
 * The encoder of a feature.
 *
 * @throws RangeError when the imputed value is outside the transform's domain, or the pieces' edges do not rise.
 */
export function encoderOf(feature: RecipeFeature): Encoder {
  switch (feature.kind) {
    case 'number':
      return encodeNumber(feature);
    case 'boolean':
      return encodeBoolean(feature);
    case 'date':
      return encodeDate(feature);
    case 'one-hot':
      return encodeOneHot(feature);
    case 'ordinal':
      return encodeOrdinal(feature);
    case 'hash':
      return encodeHash(feature);
  }
}

/** The column types that each kind of feature reads. */
export const readTypes = {
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  'one-hot': 'category',
  ordinal: 'category',
  hash: 'category',
} as const satisfies Record<RecipeFeature['kind'], ColumnType>;
