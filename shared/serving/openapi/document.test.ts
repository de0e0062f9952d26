import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { typicalRow } from '../../dataset/recipe/typical-row.ts';
import { carsModel } from '../testing/models.ts';
import { type TestServer, testServer } from '../testing/test-server.ts';
import { cellSchema } from './json-schema.ts';

interface Operation {
  readonly requestBody?: {
    readonly content: {
      'application/json': { schema: object; examples: Record<string, { value: unknown }> };
      'text/csv'?: { schema: object; example: string };
    };
  };
  readonly responses: Record<
    string,
    { content: { 'application/json'?: { schema: object; example?: unknown } } }
  >;
  readonly security?: unknown[];
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: object };
  readonly security?: unknown[];
}

async function documentOf(server: TestServer): Promise<Document> {
  return (await server.get('/openapi.json')).json;
}

/** Checks values by schemas of the document. */
function checker({ components }: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  return (schema: object, value: unknown): unknown => {
    const validate = ajv.compile({ ...schema, components });
    return validate(value) ? 'fits' : validate.errors;
  };
}

describe.each(['regression', 'multiclass'] as const)('the OpenAPI document of a %s', (task) => {
  test('has an example for every request; the server takes it, and answers what the document shows', async () => {
    await using server = await testServer(carsModel({ task }));
    const document = await documentOf(server);
    const check = checker(document);
    let examples = 0;
    for (const [address, { post }] of Object.entries(document.paths)) {
      if (!post) continue;
      const { schema, examples: requests } = post.requestBody!.content['application/json'];
      const response = post.responses['200']!.content['application/json']!;
      expect(check(response.schema, response.example)).toBe('fits');
      for (const { value } of Object.values(requests)) {
        expect(check(schema, value)).toBe('fits');
        const { status, json } = await server.post(address.replace('{version}', 'v1.2.0'), value);
        expect(status).toBe(200);
        expect(check(response.schema, json)).toBe('fits');
        if (Object.hasOwn(json, Object.keys(response.example as object)[0]!)) {
          expect(json).toMatchObject({
            ...(response.example as object),
            ...('id' in json ? { id: json.id } : {}),
          });
        }
        examples++;
      }
    }
    expect(examples).toBe(13);
  });

  test('names CSV where it is taken, with the same record as an example', async () => {
    await using server = await testServer(carsModel({ task }));
    const { paths } = await documentOf(server);
    const typed = Object.entries(paths).flatMap(([address, { post }]) =>
      post?.requestBody?.content['text/csv'] ? [address] : [],
    );
    expect(typed).toEqual(['/invocations']);
    const { content } = paths['/invocations']!.post!.requestBody!;
    const { example } = content['text/csv']!;
    const answer = await server.post('/invocations', example, { 'content-type': 'text/csv' });
    const record = content['application/json'].examples.dataframe_records!.value;
    expect(answer.json).toEqual((await server.post('/invocations', record)).json);
    expect(answer.status).toBe(200);
  });

  test('has the schema of errors, and every route that there is', async () => {
    await using server = await testServer(carsModel({ task }));
    const document = await documentOf(server);
    const check = checker(document);
    for (const address of ['/predict', '/invocations', '/v2/models/cars/infer', '/v1/models/cars:predict']) {
      const { status, json } = await server.post(address, { instances: [{ power: 'x' }] });
      expect(status).toBe(400);
      const { schema } = document.paths[address]!.post!.responses['400']!.content['application/json']!;
      expect(check(schema, json)).toBe('fits');
    }
    const routes = Object.entries(document.paths).flatMap(([address, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${address}`),
    );
    expect(routes.sort()).toEqual((await server.get('/none')).json.routes.sort());
  });
});

test('a token is declared for all but probes', async () => {
  const token = 'a-token-of-the-house';
  await using server = await testServer(carsModel(), { token });
  const { json } = await server.get('/openapi.json', { authorization: `Bearer ${token}` });
  const document: Document = json;
  expect(document.security).toEqual([{ bearer: [] }]);
  expect(document.paths['/v2/health/ready']!.get!.security).toEqual([]);
  expect(document.paths['/predict']!.post!.security).toBeUndefined();
});

test('the example is a typical row of schema and recipe, dates written as texts', async () => {
  const model = carsModel();
  const typical = typicalRow(model.schema, model.recipe);
  await using server = await testServer(model);
  const { post } = (await documentOf(server)).paths['/predict']!;
  const { value } = post!.requestBody!.content['application/json'].examples.one!;
  expect(value).toEqual({ ...typical, sold: new Date(Number(typical.sold)).toISOString() });
});

test('metrics that have a port of their own are not in the document', async () => {
  await using server = await testServer(carsModel(), { metricsApart: true });
  expect(Object.keys((await documentOf(server)).paths)).not.toContain('/metrics');
  expect((await server.get('/metrics')).status).toBe(404);
});

test('a column that a step of training brought in is said to be one that rows to predict have already', () => {
  const column = { name: 'city', type: 'category', role: 'feature', nullable: false } as const;
  expect(cellSchema({ ...column, made: 'joined from customers (step 2)' })).toMatchObject({
    anyOf: [
      { description: 'In training joined from customers (step 2); a row to predict has it already.' },
      {},
    ],
  });
});
