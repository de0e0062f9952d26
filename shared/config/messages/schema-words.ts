import { z } from 'zod';
import { type Schema, withoutWrapper } from './schema-walk.ts';
import { wordings } from './wording.ts';

function numberWords(schema: z.ZodNumber): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = z.toJSONSchema(schema);
  const noun = schema.isInt ? 'a whole number' : 'a number';
  const low = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const high = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (low !== undefined && high !== undefined) return `${noun} from ${low} to ${high}`;
  const bounds = [
    low === undefined ? '' : `of at least ${low}`,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    high === undefined ? '' : `of at most ${high}`,
    exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`,
  ].filter((text) => text !== '');
  return bounds.length === 0 ? noun : `${noun} ${bounds.join(' and ')}`;
}

function objectWords(schema: z.ZodObject): string {
  const entries = Object.entries(schema.shape).map(([key, value]) =>
    value instanceof z.ZodLiteral ? `${key}: ${[...value.values].join(' | ')}` : key,
  );
  return `{ ${entries.join(', ')} }`;
}

/** What may be written for a schema, in a few words: `a whole number of at least 1`, `rmse, mae, r2`. */
export function allowedWords(schema: Schema): string {
  const wording = wordings.get(schema)?.allowed;
  if (wording !== undefined) return wording;
  if (schema instanceof z.ZodNullable) return `${allowedWords(schema.unwrap())}, or null`;
  const inner = withoutWrapper(schema);
  if (inner !== schema) return allowedWords(inner);
  if (schema instanceof z.ZodEnum) return schema.options.join(', ');
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String).join(', ');
  if (schema instanceof z.ZodNumber) return numberWords(schema);
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodString) return 'text';
  if (schema instanceof z.ZodArray) return `a list of: ${allowedWords(schema.element)}`;
  if (schema instanceof z.ZodTuple) return `[${schema.def.items.map(allowedWords).join('; ')}]`;
  if (schema instanceof z.ZodRecord) return `a map of names to: ${allowedWords(schema.valueType)}`;
  if (schema instanceof z.ZodObject) return `a map with the keys ${Object.keys(schema.shape).join(', ')}`;
  if (schema instanceof z.ZodUnion) {
    const parts = schema.options.map((option) =>
      option instanceof z.ZodObject ? objectWords(option) : allowedWords(option as Schema),
    );
    return parts.join('; or ');
  }
  return 'another value';
}
