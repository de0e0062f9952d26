import { z } from 'zod';
import { type Schema, unwrap, withoutWrapper } from '../shared/config/messages/schema-walk.ts';
import { allowedWords } from '../shared/config/messages/schema-words.ts';
import { configSchema } from '../shared/config/sections/schema.ts';
import { namedSourceSchema, sourceFacts } from '../shared/config/sections/sources/source.ts';
import { markdownTable } from './markdown-table.ts';

interface Row {
  readonly key: string;
  readonly allowed: string;
  readonly standard: string;
  readonly description: string;
}

function descriptionOf(schema: Schema): string {
  const own = z.globalRegistry.get(schema)?.description;
  const inner = withoutWrapper(schema);
  return own ?? (inner === schema ? '' : descriptionOf(inner));
}

function standardOf(schema: Schema): string {
  if (schema instanceof z.ZodOptional) return '';
  if (!(schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)) return '**required**';
  const value: unknown = z.encode(schema, schema.parse(undefined));
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

/** Whether a map's default is its own, and not only what its keys have. */
function hasStandard(schema: Schema): boolean {
  if (!(schema instanceof z.ZodPrefault)) return schema instanceof z.ZodOptional;
  const value: unknown = schema.def.defaultValue;
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** A map of named things (features, headers) or a list of maps (gates): the schema of one, and how its key is written. */
function nested(schema: Schema): { schema: Schema; suffix: string } | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject || inner instanceof z.ZodDiscriminatedUnion)
    return { schema: inner, suffix: '' };
  if (inner instanceof z.ZodArray && nested(inner.element))
    return { schema: unwrap(inner.element), suffix: '[]' };
  if (inner instanceof z.ZodRecord && inner.valueType === namedSourceSchema) {
    // The other keys of a source stand once, under data.source.
    return { schema: z.strictObject(sourceFacts), suffix: '.<source>' };
  }
  if (inner instanceof z.ZodRecord && nested(inner.valueType)) {
    return { schema: unwrap(inner.valueType), suffix: '.<column>' };
  }
  return undefined;
}

/** Addresses and variables as code: GitHub and the site would make links of them that lead nowhere. */
function withCode(text: string): string {
  return text.replaceAll(/`[^`]*`|\$\{\{.*?\}\}|\b(?:https?|s3):\/\/[\w$][^\s;,]*[\w*/]/g, (part) =>
    part.startsWith('`') ? part : `\`${part}\``,
  );
}

function rowsOf(schema: Schema, path: string): Row[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodDiscriminatedUnion) {
    return inner.options.flatMap((option) => {
      const tag =
        option instanceof z.ZodObject ? allowedWords(option.shape[inner.def.discriminator] as Schema) : '';
      return rowsOf(option, `${path}(${tag})`);
    });
  }
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape).flatMap(([name, child]) => {
    const key = path === '' ? name : `${path}.${name}`;
    if (child instanceof z.ZodLiteral) return [];
    const deeper = nested(child);
    if (!deeper) {
      return [
        { key, allowed: allowedWords(child), standard: standardOf(child), description: descriptionOf(child) },
      ];
    }
    const head: Row = {
      key,
      allowed: deeper.suffix === '[]' ? 'a list of maps' : 'a map',
      standard: deeper.suffix === '' && !hasStandard(child) ? '' : standardOf(child),
      description: descriptionOf(child),
    };
    const own = head.description === '' && deeper.suffix === '' ? [] : [head];
    return [...own, ...rowsOf(deeper.schema, `${key}${deeper.suffix}`)];
  });
}

/** Every key of ciclo.yml as Markdown: a table for each section, made from the schema that checks the file. */
export function configurationTables(): string {
  const sections = Object.entries(configSchema.shape).map(([name, schema]) => {
    const rows = nested(schema as Schema) ? rowsOf(z.strictObject({ [name]: schema }), '') : [];
    return { name, rows };
  });
  const plain = Object.entries(configSchema.shape).filter(([, schema]) => !nested(schema as Schema));
  const top = rowsOf(z.strictObject(Object.fromEntries(plain)), '');
  return [{ name: 'The pipeline', rows: top }, ...sections.filter((section) => section.rows.length > 0)]
    .map(({ name, rows }) => {
      const title = name === 'The pipeline' ? name : `\`${name}\``;
      const cells = rows.map((row) => [
        `\`${row.key}\``,
        withCode(row.allowed),
        row.standard,
        withCode(row.description),
      ]);
      return `### ${title}\n\n${markdownTable(['Key', 'Allowed', 'Default', ''], cells)}\n`;
    })
    .join('\n');
}
