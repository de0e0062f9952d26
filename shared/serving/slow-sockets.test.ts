import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { ServerOptions } from './options.ts';
import { car, carsModel } from './testing/models.ts';
import { type TestServer, testServer } from './testing/test-server.ts';

const token = 'a-token-of-the-house';

/** What a slow client sends before it goes silent, by how far it comes. */
const beginnings = {
  nothing: '',
  'half of the headers': 'POST /predict HTTP/1.1\r\nhost: x\r\nx-slow: ',
  'a few bytes of the body':
    'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 70\r\n\r\n{"power": ',
  'a few bytes of a large body':
    'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n[',
  'a few bytes of a body to nowhere':
    'POST /nowhere HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 70\r\n\r\n{"power": ',
} as const;

/** A client that never ends its side: only the server can. */
async function silent({ port }: TestServer, beginning: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.resume().write(beginning);
  return socket;
}

/** Opens many, a few at a time, so that no queue of the system overflows. */
async function manySilent(server: TestServer, count: number, beginning: string): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const step = Math.min(50, count - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: step }, () => silent(server, beginning)))));
  }
  return sockets;
}

const gauge = ({ server }: TestServer, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(server.exposition())![1]);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Requests of a good client, by status. */
async function answered(server: TestServer, count: number): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    // Of a new connection each, which is what slow ones might leave no room for.
    const headers = { connection: 'close', authorization: `Bearer ${token}` };
    const { status } = await server.post('/predict', car, headers).catch(() => ({ status: 0 }));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  return statuses;
}

describe('1,000 sockets that begin a request and go silent', () => {
  const slowCases: [keyof typeof beginnings, Partial<ServerOptions>][] = [
    ['nothing', {}],
    ['half of the headers', {}],
    ['a few bytes of the body', {}],
    ['a few bytes of a large body', { maxConnections: 300 }],
    ['a few bytes of the body', { token }],
    ['a few bytes of a body to nowhere', { maxConnections: 300 }],
  ];
  test.each(slowCases)(
    'after %s, with %j, keep no good request from its answer',
    async (beginning, options) => {
      await using server = await testServer(carsModel(), { maxInFlight: 8, ...options });
      const sockets = await manySilent(server, 1000, beginnings[beginning]);
      try {
        const most = options.maxConnections ?? 1024;
        expect(gauge(server, 'ciclo_connections')).toBeLessThanOrEqual(most);
        expect(gauge(server, 'ciclo_requests_in_flight')).toBe(0);
        const statuses = await answered(server, 100);
        expect(statuses.get(200) ?? 0).toBeGreaterThanOrEqual(95);
        expect((await server.get('/v2/health/live')).status).toBe(200);
      } finally {
        for (const socket of sockets) socket.destroy();
      }
    },
  );

  test('leave a connection that is used, however old, where it is', async () => {
    await using server = await testServer(carsModel(), { maxConnections: 50 });
    const used = connect(server.port, '127.0.0.1').setEncoding('utf8');
    const ask = async (): Promise<string> => {
      used.write('GET /v2/health/live HTTP/1.1\r\nhost: x\r\n\r\n');
      return String(await once(used, 'data'));
    };
    const sockets: Socket[] = [];
    const displaced = (): number => gauge(server, 'ciclo_connections_displaced_total');
    for (let opened = 1; opened < 200; opened += 40) {
      expect(await ask()).toMatch(/^HTTP\/1\.1 200 /);
      sockets.push(...(await manySilent(server, 40, beginnings['half of the headers'])));
      await until(() => gauge(server, 'ciclo_connections') + displaced() === opened + 40);
    }
    expect(await ask()).toMatch(/^HTTP\/1\.1 200 /);
    for (const socket of [used, ...sockets]) socket.destroy();
  });
});

describe('a socket that is too slow', () => {
  const late = Object.entries(beginnings);
  test.each(late)(
    'after %s is closed by the server, whether its client agrees or not',
    async (_name, text) => {
      await using server = await testServer(carsModel(), { timeout: 300 });
      const socket = await silent(server, text);
      await until(() => gauge(server, 'ciclo_connections') === 1);
      await until(() => gauge(server, 'ciclo_connections') === 0);
      expect(gauge(server, 'ciclo_bodies_bytes')).toBe(0);
      socket.destroy();
    },
  );

  test('is told so with 408', async () => {
    await using server = await testServer(carsModel(), { timeout: 300 });
    for (const name of ['half of the headers', 'a few bytes of the body'] as const) {
      const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
      socket.write(beginnings[name]);
      expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 408 [\s\S]*took too long to arrive/);
    }
  });
});

describe('a client that does not read its answers', () => {
  test('holds no place, and is cut off', async () => {
    const model = carsModel({ task: 'multiclass' });
    await using server = await testServer(model, { timeout: 400, maxInFlight: 1, maxBody: 2 ** 23 });
    const records = JSON.stringify(Array.from({ length: 10_000 }, () => car));
    const request = `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${records.length}\r\n\r\n${records}`;
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined).pause();
    await once(socket, 'connect');
    for (let i = 0; i < 12; i++) socket.write(request);
    await until(() => gauge(server, 'ciclo_connections') === 0);
    expect(gauge(server, 'ciclo_requests_in_flight')).toBe(0);
    expect(gauge(server, 'ciclo_bodies_bytes')).toBe(0);
    socket.destroy();
  });
});
