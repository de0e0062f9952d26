import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { car, carsModel } from './testing/models.ts';
import { type TestServer, testServer } from './testing/test-server.ts';

/** Writes bytes to the server's port and gives all that comes back. */
function raw({ port }: TestServer, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('latin1').on('data', (piece) => {
      answer += piece;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

describe('records that do not fit', () => {
  test('every problem says row, field, value and what is allowed', async () => {
    await using server = await testServer();
    const { power: _, ...without } = car;
    const { status, json } = await server.post('/predict', [
      car,
      { ...without, powr: 1, weight: '2900', origin: 7 },
      { ...car, power: 900 },
      'dodge',
    ]);
    expect(status).toBe(400);
    expect(json.error).toBe('6 values do not fit the model, of the 4 records');
    expect(json.problems).toEqual([
      expect.objectContaining({ row: 1, field: 'power', allowed: 'a number from 1 to 500, or null' }),
      expect.objectContaining({ row: 1, field: 'origin', value: 7, allowed: 'a text, or null' }),
      expect.objectContaining({ row: 1, field: 'weight', value: '2900', allowed: 'a number' }),
      expect.objectContaining({
        row: 1,
        field: 'powr',
        value: 1,
        message: 'record 1, powr: there is no such feature; did you mean power?',
      }),
      expect.objectContaining({ row: 2, field: 'power', value: 900 }),
      expect.objectContaining({ row: 3, field: null, value: 'dodge' }),
    ]);
    expect(json.problems[0]).not.toHaveProperty('value');
  });

  test('are listed up to fifty, where the check stops; nothing of the request is given back at length', async () => {
    await using server = await testServer();
    const long = 'x'.repeat(2000);
    const { text, json } = await server.post(
      '/predict',
      Array.from({ length: 100 }, () => ({ ...car, weight: long, [long]: { deep: [long] } })),
    );
    expect(json.problems).toHaveLength(50);
    expect(json.error).toBe('50 values do not fit the model, of the 100 records; the check stopped there');
    expect(json.problems.at(-1)).toMatchObject({ row: 24 });
    expect(text.length).toBeLessThan(100_000);
  });

  test.each([
    ['{', 'the body is not JSON'],
    ['', 'the body is empty'],
    ['7', 'the body is 7; write a record'],
    [{ records: [car], power: 1 }, 'the body has "power" beside "records"'],
    ['{"__proto__": {"power": 1}}', 'do not fit the model'],
  ])('refuses %j', async (body, message) => {
    await using server = await testServer();
    const { status, json } = await server.post('/predict', body);
    expect(status).toBe(400);
    expect(json.error).toContain(message);
  });
});

describe('requests that cannot be taken', () => {
  test('413 for a body over the limit, declared or not', async () => {
    await using server = await testServer(carsModel(), { maxBody: 100 });
    const body = JSON.stringify([car, car, car]);
    const { status, json } = await server.post('/predict', body);
    expect({ status, error: json.error }).toEqual({
      status: 413,
      error: 'the body is larger than 100 bytes: send fewer records at a time',
    });
    const stream = new Blob([body]).stream();
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    };
    expect((await server.send('/predict', init as RequestInit)).status).toBe(413);
  });

  test('415 for what is not JSON, saying which header to send', async () => {
    await using server = await testServer();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const { status, json } = await server.post('/predict', car, form);
    expect(status).toBe(415);
    expect(json.error).toContain('content-type: application/json');
    const untyped = await server.send('/predict', { method: 'POST', body: new Blob([JSON.stringify(car)]) });
    expect(untyped.status).toBe(200);
    const packed = await server.send('/predict', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(car)),
    });
    expect(packed.status).toBe(415);
    expect(packed.json.error).toContain('packed as gzip');
  });

  test('405 names the methods, 404 the routes', async () => {
    await using server = await testServer();
    const put = await server.send('/predict', { method: 'PUT' });
    expect(put.status).toBe(405);
    expect(put.headers.get('allow')).toBe('POST');
    const versioned = await server.get('/v1/models/cars/versions/v1.2.0:predict');
    expect(versioned.headers.get('allow')).toBe('POST');
    expect((await server.send('/metrics', { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD');
    const { status, json } = await server.get('/predictions?x=1');
    expect(status).toBe(404);
    expect(json.error).toBe('there is nothing at "/predictions"');
    expect(json.routes).toContain('POST /predict');
    expect(json.routes).toContain('POST /v1/models/cars/versions/{version}:predict');
    expect((await server.get('/%E0%A4%A')).status).toBe(400);
  });

  test('what is not HTTP gets 400 and an end', async () => {
    await using server = await testServer();
    expect(await raw(server, 'hello\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n.*not an HTTP request/s,
    );
    const headers = `x-long: ${'x'.repeat(20_000)}`;
    expect(await raw(server, `GET /ping HTTP/1.1\r\n${headers}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('a bug gives 500 with the number of the request; the stack goes only to the log', async () => {
    const model = carsModel();
    const predictRecord = (): never => {
      throw new TypeError('secret of the house');
    };
    await using server = await testServer({ ...model, predictor: { ...model.predictor, predictRecord } });
    const { status, text } = await server.post('/predict', car, { 'x-request-id': 'abc' });
    expect(status).toBe(500);
    expect(text).toBe('{"error":"the server failed; its log says why, at request abc"}');
    expect(server.events).toMatchObject([{ level: 'error', fields: { request: 'abc' } }]);
    expect(server.events[0]!.fields.stack).toContain('secret of the house');
  });
});

describe('a token', () => {
  test('is needed for everything but probes', async () => {
    await using server = await testServer(carsModel(), { token: 'a-token-of-the-house' });
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: 'Basic a-token-of-the-house' },
    ]) {
      const { status, headers: answered } = await server.post('/predict', car, headers);
      expect({ status, challenge: answered.get('www-authenticate') }).toEqual({
        status: 401,
        challenge: 'Bearer',
      });
    }
    for (const path of ['/metrics', '/profile', '/openapi.json', '/v2/models/cars', '/nothing']) {
      expect((await server.get(path)).status).toBe(401);
    }
    for (const path of ['/ping', '/health', '/v2/health/live', '/v2/health/ready', '/v2/models/cars/ready']) {
      expect((await server.get(path)).status).toBe(200);
    }
    const right = { authorization: 'bearer a-token-of-the-house' };
    expect((await server.post('/predict', car, right)).status).toBe(200);
  });
});

describe('the number of a request', () => {
  test('is the client’s when it is a plain one, else the server’s', async () => {
    await using server = await testServer();
    const numberOf = async (given?: string) =>
      (await server.get('/ping', given === undefined ? {} : { 'x-request-id': given })).headers.get(
        'x-request-id',
      );
    expect(await numberOf('trace-7')).toBe('trace-7');
    expect(await numberOf('with space')).toMatch(/^[0-9a-f]{8}-\d+$/);
    expect(await numberOf()).not.toBe(await numberOf());
  });
});
