import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { filled, hostileBodies } from './testing/hostile-bodies.ts';
import { car, carsModel } from './testing/models.ts';
import { type TestServer, testServer } from './testing/test-server.ts';

const routes = ['/predict', '/invocations', '/v1/models/cars:predict', '/v2/models/cars/infer'];

describe.each(routes)('what strangers post to %s', (route) => {
  test.each(Object.keys(hostileBodies))(
    '%s: is refused, or answered, and never the server’s fault',
    async (name) => {
      await using server = await testServer();
      const { status, text } = await server.post(route, hostileBodies[name]!);
      expect(status).toBeLessThan(500);
      expect(text).not.toMatch(/^\s+at /m);
      expect(text.length).toBeLessThan(100_000);
      expect(server.events).toEqual([]);
    },
  );
});

describe('limits of what a body holds', () => {
  test.each(['['.repeat(5000), '{"a":'.repeat(5000)])(
    'nesting is 400 that says how deep it may be',
    async (body) => {
      await using server = await testServer();
      const { status, json } = await server.post('/predict', body);
      expect(status).toBe(400);
      expect(json.error).toContain('more than 32 objects or lists within each other');
    },
  );

  test('an object with members without end is 400, before anything is made of them', async () => {
    await using server = await testServer();
    for (const name of ['a record of as many fields', 'columns, a megabyte']) {
      const { status, json } = await server.post('/predict', hostileBodies[name]!);
      expect({ status, error: json.error }).toEqual({
        status: 400,
        error: 'an object of the body has more than 1007 members; a record has a value for each feature',
      });
    }
  });

  test('what is within a text is no nesting', async () => {
    await using server = await testServer();
    const origin = `${'['.repeat(100)}\\"${'{'.repeat(100)}\\\\`;
    const { status, json } = await server.post('/predict', { ...car, origin });
    expect({ status, warned: json.warnings[0].field }).toEqual({ status: 200, warned: 'origin' });
  });

  test('rows are capped in every layout, with a number that says so', async () => {
    await using server = await testServer(carsModel(), { maxRows: 3 });
    const cars = (count: number) => Array.from({ length: count }, () => car);
    const { sold, ...rest } = car;
    const columns = (count: number) =>
      Object.fromEntries(
        Object.entries({ ...rest, sold }).map(([name, value]) => [name, cars(count).map(() => value)]),
      );
    const line = Object.values(car).join(',');
    const csv = (count: number) => `${Object.keys(car).join(',')}\n${`${line}\n`.repeat(count)}`;
    for (const [count, status] of [
      [3, 200],
      [4, 413],
    ] as const) {
      const answers = [
        await server.post('/predict', cars(count)),
        await server.post('/predict', { records: cars(count) }),
        await server.post('/invocations', { dataframe_records: cars(count) }),
        await server.post('/invocations', { inputs: columns(count) }),
        await server.post('/invocations', csv(count), { 'content-type': 'text/csv' }),
        await server.post('/v1/models/cars:predict', { instances: cars(count) }),
      ];
      expect(answers.map((one) => one.status)).toEqual(answers.map(() => status));
      if (status === 413) {
        for (const { text } of answers) expect(text).toMatch(/4 records, and 3 are answered at a time/);
      }
    }
  });

  test('objects are counted before anything is made of them', async () => {
    await using server = await testServer(carsModel(), { maxRows: 10 });
    const { status, json } = await server.post('/predict', filled('{},', '{"a":[', ']}'));
    expect(status).toBe(413);
    expect(json.error).toMatch(/^the body has \d+ objects, and 1010 are read: send fewer records at a time$/);
  });

  test('a line of CSV with columns without end is refused', async () => {
    await using server = await testServer();
    const { status, json } = await server.post('/invocations', `${','.repeat(500_000)}\n`, {
      'content-type': 'text/csv',
    });
    expect(status).toBe(400);
    expect(json.message).toContain('names 500001 columns, and the model knows 7');
  });
});

/** Requests that are no good HTTP, or nearly. */
const heads = {
  'a colon alone': 'GET : HTTP/1.1\r\nhost: x\r\n\r\n',
  'a star': 'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n',
  'another host’s address': 'GET http://[::1/ HTTP/1.1\r\nhost: x\r\n\r\n',
  'a tunnel': 'CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n',
  'an upgrade': 'GET /ping HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  'an expectation': 'POST /predict HTTP/1.1\r\nhost: x\r\nexpect: gold\r\ncontent-length: 2\r\n\r\n{}',
  'a method that nobody has': 'PROPFIND / HTTP/1.1\r\nhost: x\r\n\r\n',
  'two lengths': 'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}',
  'a length that is no number': 'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: many\r\n\r\n{}',
  'a length and pieces':
    'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  'a piece that is no piece':
    'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
  'a type that is no type':
    'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: ;;;\r\ncontent-length: 2\r\n\r\n{}',
  'an empty type': 'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type:\r\ncontent-length: 2\r\n\r\n{}',
  'a packed body': 'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-encoding: br\r\ncontent-length: 2\r\n\r\n{}',
  'a wrong % sequence': 'GET /%E0%A4%A HTTP/1.1\r\nhost: x\r\n\r\n',
  slashes: `GET ${'/'.repeat(8000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
  'a version without end': `GET /v1/models/cars/versions/${'9'.repeat(8000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
} as const;

/** All that the server says until it closes, or nothing more comes. */
function raw({ port }: TestServer, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    socket.setEncoding('latin1').on('data', (piece) => {
      answer += piece;
    });
    socket.on('close', () => resolve(answer)).on('error', () => resolve(answer));
  });
}

describe('requests that are no good HTTP', () => {
  test.each(Object.keys(heads) as (keyof typeof heads)[])('%s', async (name) => {
    await using server = await testServer();
    const status = Number(/^HTTP\/1\.1 (\d+) /.exec(await raw(server, heads[name]))?.[1] ?? 400);
    expect(status).toBeLessThan(500);
    expect(server.events).toEqual([]);
    expect((await server.get('/ping')).status).toBe(200);
  });
});
