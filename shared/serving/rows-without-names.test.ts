import { describe, expect, test } from 'vitest';
import type { ServedModel } from './served-model.ts';
import { car, carsModel } from './testing/models.ts';
import { type TestServer, testServer } from './testing/test-server.ts';

/** The cars' model as a dataset stores it: columns by name, and beside them the order of the data. */
function stored(order: readonly string[] | undefined): ServedModel {
  const model = carsModel();
  const { order: _, ...schema } = model.schema;
  const columns = schema.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { ...model, schema: { ...schema, columns, ...(order ? { order: [...order] } : {}) } };
}

const orders = [
  ['weight', 'sold', 'power', 'turbo', 'origin'],
  ['power', 'origin', 'turbo', 'sold', 'weight'],
];

/** Every way to send a row without names. */
async function answers(server: TestServer, row: readonly unknown[]): Promise<unknown[]> {
  const bodies: [string, object][] = [
    ['/invocations', { instances: [row] }],
    ['/invocations', { inputs: [row] }],
    ['/v1/models/cars:predict', { instances: [row] }],
    ['/v1/models/cars:predict', { inputs: [row] }],
  ];
  const found = await Promise.all(bodies.map(([route, body]) => server.post(route, body)));
  return found.map(({ status, json }) =>
    status === 200 ? (json.predictions ?? json.outputs) : (json.message ?? json.error),
  );
}

describe('rows without names', () => {
  test.each(orders)('take the columns in the order of the data: %s, %s, %s, %s, %s', async (...order) => {
    await using server = await testServer(stored(order));
    const { json } = await server.post('/predict', car);
    const row = order.map((name) => car[name as keyof typeof car]);
    expect(await answers(server, row)).toEqual(Array(4).fill(json.predictions));
  });

  test.each(orders)('have an order that the metadata states: %s, %s, %s, %s, %s', async (...order) => {
    await using server = await testServer(stored(order));
    const inference = await server.get('/v2/models/cars');
    expect(inference.json.inputs.map(({ name }: { name: string }) => name)).toEqual(order);
    expect(inference.json.parameters).toEqual({ column_order: order });
    const { json } = await server.get('/v1/models/cars/metadata');
    expect(json.metadata.column_order).toEqual(order);
    const openapi = await server.get('/openapi.json');
    expect(openapi.text).toContain(order.join(', '));
  });

  test.each([
    ['no order', undefined],
    ['an order of other columns', ['power', 'weight']],
  ])('are refused where the model has %s; records are not', async (_, order) => {
    await using server = await testServer(stored(order));
    const refused = await answers(server, [1, 2, 3, 4, 5]);
    for (const message of refused) {
      expect(message).toContain('write records, each with "origin", "power", "sold", "turbo", "weight"');
    }
    expect((await server.post('/predict', car)).status).toBe(200);
    expect((await server.get('/v2/models/cars')).json).not.toHaveProperty('parameters');
  });
});

describe('CSV at /invocations', () => {
  const csv = (rows: readonly string[], type = 'text/csv') => ({
    method: 'POST',
    headers: { 'content-type': type },
    body: rows.join('\n'),
  });
  const header = 'turbo,weight,sold,origin,power';

  test('is read by the names of its first line, as ciclo predict reads it', async () => {
    await using server = await testServer();
    const records = [car, { ...car, power: null, origin: 'Mars' }];
    const { json } = await server.post('/invocations', { dataframe_records: records });
    const rows = [header, 'false,2900,1975-06-01,USA,110', 'no,2.9e3,1975-06-01,Mars,NA', ''];
    for (const type of ['text/csv', 'text/csv; charset=utf-8']) {
      const answer = await server.send('/invocations', csv(rows, type));
      expect(answer).toMatchObject({ status: 200, json });
    }
  });

  test.each([
    [[header, 'false,heavy,1975-06-01,USA,110'], 'record 0, weight: "heavy" is a text; write a number'],
    [['weight', '2900'], 'record 0, power: the record has no such field'],
    [[`${header},power`, 'false,1,1975-06-01,USA,110,110'], 'power'],
    [[header, 'false,1,1975-06-01'], 'the body'],
    [[''], 'the body is empty'],
    [['{}'], 'the body is CSV without rows, and its first line lacks "power"'],
    [['power,weight'], 'its first line lacks "origin"'],
  ])('that does not fit is refused: %j', async (rows, message) => {
    await using server = await testServer();
    const { status, json } = await server.send('/invocations', csv(rows));
    expect(status).toBe(400);
    expect(json.error_code).toBe('BAD_REQUEST');
    expect(json.message).toContain(message);
  });

  test('is read nowhere else', async () => {
    await using server = await testServer();
    const { status, json, headers } = await server.send('/predict', csv([header]));
    expect(status).toBe(415);
    expect(json.error).not.toContain('text/csv with');
    expect(headers.get('accept')).toBe('application/json');
    const other = await server.send('/invocations', { ...csv([header], 'text/plain') });
    expect(other.json.message).toContain('or CSV with text/csv');
  });
});

test.each(['application/json', 'text/csv'])('bytes that are no UTF-8 are refused: %s', async (type) => {
  await using server = await testServer();
  // "Köln" as Windows writes it.
  const body = new Uint8Array([...Buffer.from('{"origin": "K'), 0xf6, ...Buffer.from('ln"}')]);
  const { status, json } = await server.send('/invocations', {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  expect(status).toBe(400);
  expect(json.message).toBe('the body is not UTF-8; send its text encoded as UTF-8');
});

test('a column that dataframe_split names twice is refused', async () => {
  await using server = await testServer();
  const body = { dataframe_split: { columns: ['power', 'weight', 'power'], data: [[1, 2, 3]] } };
  const { status, json } = await server.post('/invocations', body);
  expect(status).toBe(400);
  expect(json.message).toBe('dataframe_split.columns has "power" twice; write each column once');
});
