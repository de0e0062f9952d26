import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type PathTemplate, parseTemplate } from './path-template.ts';

/** A JSON Schema as OpenAPI 3.0 writes it, by the keywords that are read here. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  /** `nullable` where JSON Schema has its own way of saying it: see `withNulls`. */
  readonly 'x-nullable'?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly $ref?: string;
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** GitHub's own description of its REST API. */
export interface OpenApiDocument {
  /** The document itself, with nulls allowed the way JSON Schema says it. */
  readonly json: object;
  find(method: string, path: string): FoundOperation | undefined;
  /** What a reference `#/components/…` points to; anything else as it is. */
  resolve<T extends { readonly $ref?: string }>(value: T): T;
}

export interface FoundOperation {
  readonly operation: Operation;
  readonly template: string;
  readonly params: Readonly<Record<string, string>>;
}

interface RawDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const require = createRequire(import.meta.url);

let loading: Promise<OpenApiDocument> | undefined;

/** Reads the description of api.github.com, 13 MB, once a process. */
export function loadOpenApi(): Promise<OpenApiDocument> {
  loading ??= read();
  return loading;
}

async function read(): Promise<OpenApiDocument> {
  const file = require.resolve('@octokit/openapi/generated/api.github.com.json');
  const json = corrected(withNulls(JSON.parse(await readFile(file, 'utf8'))) as RawDocument);
  const templates = Object.keys(json.paths)
    .map((template) => ({ template, parsed: parseTemplate(template) }))
    .sort((a, b) => a.parsed.variables - b.parsed.variables);
  // Request and answer ask for the same one, and tests for the same ones over and over.
  const found = new Map<string, FoundOperation | undefined>();
  return {
    json,
    find(method, path) {
      const request = `${method} ${path}`;
      if (!found.has(request)) found.set(request, findOperation(json, templates, method, path));
      return found.get(request);
    },
    resolve: (value) => resolveReference(json, value),
  };
}

function findOperation(
  json: RawDocument,
  templates: readonly { readonly template: string; readonly parsed: PathTemplate }[],
  method: string,
  path: string,
): FoundOperation | undefined {
  for (const { template, parsed } of templates) {
    const operation = json.paths[template]![method.toLowerCase()];
    const params = operation && parsed.match(path);
    if (params) return { operation, template, params };
  }
  return undefined;
}

function resolveReference<T extends { readonly $ref?: string }>(json: object, value: T): T {
  if (value.$ref === undefined) return value;
  let target: unknown = json;
  for (const key of value.$ref.slice(2).split('/')) {
    target = (target as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return resolveReference(json, target as T);
}

/**
 * `nullable` beside a reference, a combination or an enumeration means nothing to a JSON Schema validator: say `null`
 * as one more alternative there.
 */
function withNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNulls);
  if (value === null || typeof value !== 'object') return value;
  const mapped = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNulls(inner)]));
  if (mapped.nullable !== true || (typeof mapped.type === 'string' && !('enum' in mapped))) return mapped;
  const { nullable: _, ...rest } = mapped;
  return { 'x-nullable': true, anyOf: [rest, { enum: [null] }] };
}

/**
 * What GitHub answers and its schemas leave out. The description of the upload says that one that broke off leaves a file
 * in the state `starter`; a job that waits for an approval has its deployment in `waiting`; an address that is not set is
 * the empty text that its own default says.
 */
function corrected(json: RawDocument): RawDocument {
  const { schemas } = json.components;
  const asset = schemas['release-asset']!.properties!;
  const status = schemas['deployment-status']!.properties!;
  const withValues = (schema: Schema | undefined, ...values: string[]): Schema => ({
    anyOf: [schema ?? {}, { enum: values }],
  });
  const unset = ['target_url', 'environment_url', 'log_url'];
  Object.assign(asset, { state: withValues(asset.state, 'starter') });
  Object.assign(status, { state: withValues(status.state, 'waiting') });
  for (const name of unset) Object.assign(status, { [name]: withValues(status[name], '') });
  return json;
}
