import { Document, isCollection, isPair, visit } from 'yaml';
import { z } from 'zod';
import { canonicalJson } from '../platform/json.ts';
import { childSchema, type Schema } from './messages/schema-walk.ts';
import { type Config, configSchema } from './sections/schema.ts';

/** The value that a key has when it is not written, as it would be written; undefined when it has none. */
function defaultOf(schema: Schema | undefined): unknown {
  if (!(schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)) return undefined;
  return z.encode(schema, schema.parse(undefined));
}

/** Leaves out the keys that only repeat their defaults. Lists stay whole: their entries have no names. */
function withoutDefaults(schema: Schema | undefined, value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item) => withoutDefaults(schema && childSchema(schema, 0, value), item));
  if (value === null || typeof value !== 'object' || !schema) return value;
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const child = childSchema(schema, key, value);
    const standard = defaultOf(child);
    if (inner === undefined) return [];
    if (standard !== undefined && canonicalJson(standard) === canonicalJson(inner)) return [];
    return [[key, withoutDefaults(child, inner)] as const];
  });
  return Object.fromEntries(entries);
}

/** Short lists and maps of plain values on one line, as a person writes them: `range: [1, 500]`. */
function writeShort(document: Document): void {
  visit(document, {
    Collection(_, collection) {
      const values = collection.items.map((item) => (isPair(item) ? item.value : item));
      collection.flow = collection.items.length <= 8 && values.every((value) => !isCollection(value));
    },
  });
  if (isCollection(document.contents)) document.contents.flow = false;
}

/**
 * A configuration as YAML, without the keys that have their default value:
 * `parseConfig(formatConfig(config))` gives an equal configuration.
 */
export function formatConfig(config: Config): string {
  const document = new Document(withoutDefaults(configSchema, z.encode(configSchema, config)), {
    aliasDuplicateObjects: false,
  });
  writeShort(document);
  return document.toString({ lineWidth: 110 });
}
