import { z } from 'zod';
import { wordings } from './wording.ts';

/** Any zod schema. */
export type Schema = z.core.$ZodType;

/** One layer of optional, default or codec taken off; the schema itself when there is none. */
export function withoutWrapper(schema: Schema): Schema {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return schema.unwrap();
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return schema.unwrap();
  return schema instanceof z.ZodPipe ? schema.in : schema;
}

/** The schema under all such layers: what is written in the file. */
export function unwrap(schema: Schema): Schema {
  const inner = withoutWrapper(schema);
  return inner === schema ? schema : unwrap(inner);
}

/** What one value of a schema is called, with its article: `a metric`. */
export function nounOf(schema: Schema | undefined): string | undefined {
  if (!schema) return undefined;
  const inner = withoutWrapper(schema);
  return wordings.get(schema)?.noun ?? (inner === schema ? undefined : nounOf(inner));
}

/** The branch of a discriminated union that a value says it is. */
function branchOf(union: z.ZodDiscriminatedUnion, value: unknown): Schema | undefined {
  const key = union.def.discriminator;
  const tag = (value as Record<string, unknown> | null | undefined)?.[key];
  return union.options.find((option) => {
    const literal = option instanceof z.ZodObject ? option.shape[key] : undefined;
    return literal instanceof z.ZodLiteral && literal.values.has(tag as z.core.util.Literal);
  });
}

/**
 * The schema of one key or entry.
 *
 * @param value the value that holds the key: it decides between the branches of a union.
 */
function childSchema(schema: Schema, key: string | number, value: unknown): Schema | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) {
    return Object.hasOwn(inner.shape, key) ? (inner.shape[key] as Schema) : undefined;
  }
  if (inner instanceof z.ZodRecord) return inner.valueType;
  if (inner instanceof z.ZodArray) return inner.element;
  if (inner instanceof z.ZodTuple) return inner.def.items[Number(key)];
  if (inner instanceof z.ZodDiscriminatedUnion) {
    const branch = branchOf(inner, value);
    if (branch) return childSchema(branch, key, value);
    return inner.options.map((option) => childSchema(option, key, value)).find(Boolean);
  }
  if (inner instanceof z.ZodUnion) {
    return inner.options.map((option) => childSchema(option as Schema, key, value)).find(Boolean);
  }
  return undefined;
}

/** The schema at a key path, where the path leads through the schema. */
export function schemaAt(root: Schema, path: readonly PropertyKey[], value: unknown): Schema | undefined {
  let schema: Schema | undefined = root;
  let current = value;
  for (const part of path) {
    if (!schema || typeof part === 'symbol') return undefined;
    schema = childSchema(schema, part, current);
    current = (current as Record<string | number, unknown> | null | undefined)?.[part];
  }
  return schema;
}

/** The keys that a map may have; of a union of maps those of the branch that the value names, else of all. */
export function keysOf(schema: Schema, value: unknown): string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return Object.keys(inner.shape);
  if (inner instanceof z.ZodUnion) {
    const branch = inner instanceof z.ZodDiscriminatedUnion ? branchOf(inner, value) : undefined;
    if (branch) return keysOf(branch, value);
    return [...new Set(inner.options.flatMap((option) => keysOf(option as Schema, value)))];
  }
  return [];
}

/** The values of `type` (or another discriminator) whose branch has a key: `neural-network` for `layers`. */
export function branchesWith(schema: Schema, key: string): string[] {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodDiscriminatedUnion)) return [];
  return inner.options
    .filter((option) => keysOf(option, undefined).includes(key))
    .map((option) => {
      const literal = option instanceof z.ZodObject ? option.shape[inner.def.discriminator] : undefined;
      return literal instanceof z.ZodLiteral ? [...literal.values].join(', ') : '';
    });
}

/** The words that a schema lists: enum values and literals, also those inside a union. */
export function wordsOf(schema: Schema): string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return inner.options.map(String);
  if (inner instanceof z.ZodLiteral) return [...inner.values].map(String);
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => wordsOf(option as Schema));
  return [];
}
