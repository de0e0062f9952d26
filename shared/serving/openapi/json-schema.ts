import type { ColumnSchema } from '../../dataset/schema/schema.ts';
import type { LoadedModel } from '../served-model.ts';

/** A JSON Schema (2020-12), as OpenAPI 3.1 has them. */
export type JsonSchema = { readonly [key: string]: unknown };

/** Larger numbers are infinite to JavaScript, and refused. */
const largest = Number.MAX_VALUE;
/** Milliseconds since 1970 that a date can be. */
const largestTime = 8.64e15;
/** Categories that a description lists. */
const describedCategories = 20;

/** What a field of a record may hold. @param isPresent whether training rows hardly ever lacked it. */
function fieldSchema(column: ColumnSchema, isPresent: boolean): JsonSchema {
  const schema = typeSchema(column);
  const description = describe(column, isPresent && column.nullable);
  return {
    ...(column.nullable ? { anyOf: [schema, { type: 'null' }] } : schema),
    ...(description === '' ? {} : { description }),
  };
}

function typeSchema({ type, range }: ColumnSchema): JsonSchema {
  const [low, high] = range ?? [null, null];
  switch (type) {
    case 'number':
      return { type: 'number', minimum: low ?? -largest, maximum: high ?? largest };
    case 'boolean':
      return { type: 'boolean' };
    case 'category':
      return { type: 'string' };
    case 'date':
      return {
        anyOf: [
          { type: 'string', format: 'date-time' },
          { type: 'string', format: 'date' },
          { type: 'number', minimum: low ?? -largestTime, maximum: high ?? largestTime },
        ],
      };
  }
}

function describe(
  { type, description, unit, seen, categories, made }: ColumnSchema,
  isNullUnusual: boolean,
): string {
  const show = (value: number) => (type === 'date' ? new Date(value).toISOString() : String(value));
  const shown = categories?.slice(0, describedCategories).map((category) => JSON.stringify(category));
  const more = (categories?.length ?? 0) - (shown?.length ?? 0);
  return [
    ...(description ? [description] : []),
    ...(unit ? [`Unit: ${unit}.`] : []),
    ...(made ? [`In training ${made}; a row to predict has it already.`] : []),
    ...(seen
      ? [`Training saw ${show(seen[0])} to ${show(seen[1])}; other values are predicted with a warning.`]
      : []),
    ...(shown
      ? [
          `Training saw ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}; other values are predicted with a warning.`,
        ]
      : []),
    ...(isNullUnusual ? ['Training rarely or never lacked it; null is predicted with a warning.'] : []),
    ...(type === 'date' ? ['ISO 8601, UTC unless it says otherwise, or milliseconds since 1970.'] : []),
  ].join(' ');
}

/** A field's value in a tensor: bare, or in a list of one, as tensors of the shape [rows, 1] have it. */
export function cellSchema(column: ColumnSchema, isPresent = false): JsonSchema {
  const field = fieldSchema(column, isPresent);
  return { anyOf: [field, { type: 'array', prefixItems: [field], items: false, minItems: 1 }] };
}

const unseen: JsonSchema = { description: 'Not used by the model.' };
const logged: JsonSchema = {
  description:
    'Not used by the model: it identifies the record. The prediction log keeps numbers, booleans and short texts, so that labels that come later find their prediction.',
};

/** A record: every feature; columns that the model does not see may be there. */
export function recordSchema(
  { schema, features, present, taken, kept }: LoadedModel,
  field: (column: ColumnSchema, isPresent: boolean) => JsonSchema = fieldSchema,
): JsonSchema {
  const others = [
    ...schema.columns.filter(({ role }) => role !== 'feature').map(({ name }) => name),
    ...taken,
  ];
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(features.map((column) => [column.name, field(column, present.has(column.name))])),
      ...Object.fromEntries(others.map((name) => [name, kept.includes(name) ? logged : unseen])),
    },
    required: features.map(({ name }) => name),
    additionalProperties: false,
  };
}

/** A reference to a schema of the document, by its name. */
export const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** A list of items of one schema. */
export const listOf = (items: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'array',
  items,
  ...more,
});

/** An object with just these members. */
export function objectOf(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

/** Schemas of values that occur in many bodies. */
export const text: JsonSchema = { type: 'string' };
export const count: JsonSchema = { type: 'integer', minimum: 0 };
export const numberOrNull: JsonSchema = { type: ['number', 'null'] };
