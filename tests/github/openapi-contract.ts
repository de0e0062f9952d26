import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import {
  type FoundOperation,
  loadOpenApi,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  type Schema,
} from './openapi-document.ts';
import type { Answer, Exchange } from './route.ts';

/** Holds requests and answers against GitHub's own description; each method returns what does not fit. */
export interface Contract {
  readonly document: OpenApiDocument;
  request(exchange: Exchange): readonly string[];
  response(exchange: Exchange, answer: Answer): readonly string[];
}

let loading: Promise<Contract> | undefined;

/** The contract of api.github.com, read once a process. Schemas are compiled when an operation is first called. */
export function loadContract(): Promise<Contract> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Contract> {
  const document = await loadOpenApi();
  const validators = createValidators(document);
  return {
    document,
    request(exchange) {
      const found = document.find(exchange.method, exchange.path);
      if (!found) return ['GitHub has no such operation'];
      return [
        ...queryFaults(document, validators, found.operation, exchange),
        ...pathFaults(document, validators, found),
        ...bodyFaults(document, validators, found.operation, exchange),
      ];
    },
    response(exchange, answer) {
      const found = document.find(exchange.method, exchange.path);
      // Said of the request already.
      return found ? responseFaults(document, validators, found.operation, answer) : [];
    },
  };
}

/** What is wrong with a value, as `/path: message`. */
type Validate = (schema: Schema, value: unknown) => readonly string[];

interface Validators {
  readonly json: Validate;
  /** For values of the query and the path, which are texts. */
  readonly text: Validate;
}

function createValidators(document: OpenApiDocument): Validators {
  return { json: createValidator(document, false), text: createValidator(document, true) };
}

/** Name of the whole description within the validator, so that its own references resolve. */
const root = 'github.json';

function createValidator(document: OpenApiDocument, coerceTypes: boolean): Validate {
  const ajv = new Ajv({ strict: false, validateSchema: false, logger: false, coerceTypes });
  formats.default(ajv);
  ajv.addSchema(document.json, root);
  const compiled = new WeakMap<Schema, ReturnType<Ajv['compile']>>();
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(absolute(schema) as object);
    compiled.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(describe);
  };
}

/** The same schema with its references `#/…` made to point into the whole description. */
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string' ? [key, `${root}${inner}`] : [key, absolute(inner)],
    ),
  );
}

function describe({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '/'}: ${message ?? 'does not fit'} ${JSON.stringify(params)}`;
}

function parametersOf(document: OpenApiDocument, operation: Operation, place: Parameter['in']): Parameter[] {
  return (operation.parameters ?? [])
    .map((parameter) => document.resolve(parameter))
    .filter((parameter) => parameter.in === place);
}

function queryFaults(
  document: OpenApiDocument,
  { text }: Validators,
  operation: Operation,
  { query }: Exchange,
): string[] {
  const parameters = parametersOf(document, operation, 'query');
  const faults: string[] = [];
  for (const [name, value] of query) {
    const parameter = parameters.find((candidate) => candidate.name === name);
    if (!parameter) faults.push(`query parameter "${name}" is not one of the operation's`);
    else faults.push(...inQuery(name, wrapped(text, parameter, value)));
  }
  for (const { name, required } of parameters) {
    if (required && !query.has(name)) faults.push(...inQuery(name, ['is required']));
  }
  return faults;
}

function inQuery(name: string, faults: readonly string[]): string[] {
  return faults.map((fault) => `query parameter "${name}": ${fault}`);
}

function pathFaults(
  document: OpenApiDocument,
  { text }: Validators,
  { operation, params }: FoundOperation,
): string[] {
  return parametersOf(document, operation, 'path').flatMap((parameter) =>
    wrapped(text, parameter, params[parameter.name]).map((fault) => `path {${parameter.name}}: ${fault}`),
  );
}

const wrappers = new WeakMap<Parameter, Schema>();

/** A text can be made a number only as a property of something. */
function wrapped(validate: Validate, parameter: Parameter, value: unknown): readonly string[] {
  const schema: Schema = wrappers.get(parameter) ?? { properties: { value: parameter.schema } };
  wrappers.set(parameter, schema);
  return validate(schema, { value });
}

function bodyFaults(
  document: OpenApiDocument,
  { json }: Validators,
  operation: Operation,
  { body, headers }: Exchange,
): string[] {
  const described = operation.requestBody && document.resolve(operation.requestBody);
  const schema = described?.content?.['application/json']?.schema;
  // A file, of whatever type.
  if (!schema && described?.content) return [];
  if (!schema) return body.length > 0 ? ['the operation takes no JSON body'] : [];
  if (body.length === 0) return described?.required === false ? [] : ['the body is missing'];
  if (!headers['content-type']?.startsWith('application/json')) {
    return [`body: content-type ${headers['content-type'] ?? 'missing'}, not application/json`];
  }
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    return [`body: not JSON: ${(error as Error).message}`];
  }
  return [...json(schema, value), ...unknownProperties(document, schema, value)].map(
    (fault) => `body ${fault}`,
  );
}

function responseFaults(
  document: OpenApiDocument,
  { json }: Validators,
  operation: Operation,
  { status, body }: Answer,
): string[] {
  const described = operation.responses[String(status)];
  // GitHub answers any request with any error (401, 403, 404, 429, 502 …), whether its description lists it or not.
  if (!described && status < 400) return [`answer: the operation never answers ${status}`];
  const schema: Schema | undefined = described
    ? document.resolve(described).content?.['application/json']?.schema
    : { $ref: `#/components/schemas/${status === 422 ? 'validation-error' : 'basic-error'}` };
  if (Buffer.isBuffer(body)) return [];
  // Of some errors the description says only that they happen.
  if (!schema && status >= 400) return [];
  if (!schema) return body === undefined ? [] : [`answer ${status}: has no JSON body by the description`];
  // As it is sent: without undefined properties.
  const sent: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
  return [...json(schema, sent), ...unknownProperties(document, schema, sent)].map(
    (fault) => `answer ${status} ${fault}`,
  );
}

/** Properties that the description does not name, where it names some: an invention, or a slip of the pen. */
function unknownProperties(document: OpenApiDocument, schema: Schema, value: unknown): string[] {
  if (Array.isArray(value)) {
    const { items } = document.resolve(schema);
    return items ? value.flatMap((item) => unknownProperties(document, items, item)) : [];
  }
  if (value === null || typeof value !== 'object') return [];
  const names = propertyNames(document, schema);
  if (names.size === 0) return [];
  return Object.keys(value)
    .filter((name) => !names.has(name))
    .map((name) => `/${name}: not in GitHub's description`);
}

function propertyNames(document: OpenApiDocument, schema: Schema): Set<string> {
  const { properties, allOf, anyOf, oneOf } = document.resolve(schema);
  const parts = [...(allOf ?? []), ...(anyOf ?? []), ...(oneOf ?? [])];
  return new Set([
    ...Object.keys(properties ?? {}),
    ...parts.flatMap((part) => [...propertyNames(document, part)]),
  ]);
}
