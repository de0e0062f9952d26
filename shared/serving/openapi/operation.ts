import { type JsonSchema, reference } from './json-schema.ts';

/** An operation of the document, in short. */
export interface OperationParts {
  readonly id: string;
  readonly summary: string;
  readonly tag: string;
  readonly request?: {
    readonly schema: JsonSchema;
    readonly examples: Readonly<Record<string, unknown>>;
    /** The same record as CSV, where that is taken, too. */
    readonly csv?: string;
  };
  /** Of JSON; a text where there is none. */
  readonly response?: JsonSchema;
  readonly example?: unknown;
  /** Name of the schema of errors. */
  readonly error: string;
  /** A probe: no token, and 503 with a body like the answer's. */
  readonly open?: boolean;
  readonly unavailable?: JsonSchema;
  /** The address has a version. */
  readonly version?: string;
}

const json = (schema: JsonSchema, example?: unknown): object => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
});

/** Statuses of requests with a body. */
const bodyErrors: Readonly<Record<string, string>> = {
  400: 'What is wrong with the request: of records row, field, value and what is allowed',
  408: 'The request took too long to arrive',
  413: 'The body is too large, or has more records than are answered at a time',
  415: 'The body is of a type that is not read',
  503: 'The server is busy; try again after as many seconds as retry-after says',
};

/** An operation object of OpenAPI 3.1. */
export function operation(parts: OperationParts): object {
  const { id, summary, tag, request, response, example, error, open, unavailable, version } = parts;
  const errors: Record<string, string> = {
    ...(request ? bodyErrors : {}),
    ...(open ? {} : { 401: 'The token is missing or wrong, where one is needed' }),
    ...(version === undefined ? {} : { 404: 'Another version is served' }),
    405: 'The method is not possible here',
    500: 'The server failed; its log says why',
  };
  const responses: Record<string, object> = {
    200: {
      description: 'Done',
      content: response ? json(response, example) : { 'text/plain': { schema: { type: 'string' } } },
    },
  };
  for (const [status, description] of Object.entries(errors)) {
    responses[status] = { description, content: json(reference(status === '405' ? 'Error' : error)) };
  }
  if (unavailable) responses['503'] = { description: 'The server is stopping', content: json(unavailable) };
  return {
    operationId: id,
    summary,
    tags: [tag],
    ...(open ? { security: [] } : {}),
    ...(version === undefined ? {} : { parameters: [versionParameter(version)] }),
    ...(request
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: request.schema,
                examples: Object.fromEntries(
                  Object.entries(request.examples).map(([name, value]) => [name, { value }]),
                ),
              },
              ...(request.csv === undefined ? {} : { 'text/csv': csvBody(request.csv) }),
            },
          },
        }
      : {}),
    responses,
  };
}

function versionParameter(version: string): object {
  const schema = { type: 'string', enum: [...new Set([version, version.replace(/^v(?=\d)/, '')])] };
  return { name: 'version', in: 'path', required: true, schema };
}

function csvBody(example: string): object {
  const description =
    'CSV in UTF-8: a first line of names, then a line for each record; an empty cell is missing.';
  return { schema: { type: 'string', description }, example };
}
