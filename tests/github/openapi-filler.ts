import type { OpenApiDocument, Schema } from './openapi-document.ts';

/**
 * A body with all that GitHub's description requires of it: what the emulator does not model gets a neutral value (null
 * where that is allowed, otherwise empty, zero, false or the first of an enumeration).
 */
export function completeBody(document: OpenApiDocument, schemaName: string, known: object): object {
  return completed(document, { $ref: `#/components/schemas/${schemaName}` }, known) as object;
}

function completed(document: OpenApiDocument, schema: Schema, value: unknown): unknown {
  const shape = merged(document, schema);
  if (Array.isArray(value)) return value.map((item) => completed(document, shape.items ?? {}, item));
  if (value === null || typeof value !== 'object' || !shape.properties) return value;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    result[key] = completed(document, shape.properties[key] ?? {}, inner);
  }
  for (const key of shape.required ?? []) {
    if (!(key in result)) result[key] = neutral(document, shape.properties[key] ?? {});
  }
  return result;
}

function neutral(document: OpenApiDocument, schema: Schema): unknown {
  const shape = merged(document, schema);
  if (shape.nullable || shape['x-nullable']) return null;
  if (shape.enum) return shape.enum[0];
  switch (shape.type) {
    case 'string':
      return neutralText(shape.format);
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    default:
      return completed(document, shape, {});
  }
}

function neutralText(format: string | undefined): string {
  if (format === 'uri') return 'https://github.invalid/';
  return format === 'date-time' ? '2026-01-05T00:00:00Z' : '';
}

/** References followed, `allOf` put together, the first of alternatives taken. */
function merged(document: OpenApiDocument, schema: Schema): Schema {
  const { anyOf, oneOf, allOf, ...own } = document.resolve(schema);
  const alternatives = [...(anyOf ?? []).slice(0, 1), ...(oneOf ?? []).slice(0, 1)];
  const parts = [own, ...[...(allOf ?? []), ...alternatives].map((part) => merged(document, part))];
  if (parts.length === 1) return own;
  return {
    ...Object.assign({}, ...parts.toReversed()),
    properties: Object.assign({}, ...parts.toReversed().map(({ properties }) => properties)),
    required: parts.flatMap(({ required }) => required ?? []),
  };
}
