import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { car, carsBundle } from '../testing/models.ts';
import { type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { readServerScript } from './server-script.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo-rolling-'));
  await writeFile(path.join(folder, 'server.mjs'), (await readServerScript()).script);
  await writeFile(path.join(folder, 'model.zip'), (await carsBundle()).bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What a Service of Kubernetes does: connections go to those that are ready, which is looked at over and over. */
async function balancer(backends: ServerProcess[]) {
  let ready: ServerProcess[] = [];
  let turn = 0;
  let going = true;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const backend = ready[turn++ % ready.length];
    if (!backend) {
      client.destroy();
      return;
    }
    const { port, hostname } = new URL(backend.url);
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).setNoDelay(true);
      socket.once('close', () => {
        sockets.delete(socket);
        (socket === client ? upstream : client).destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  const look = async (): Promise<void> => {
    const states = await Promise.all(
      backends.map(async ({ url }) => {
        const answer = await fetch(`${url}/v2/health/ready`).catch(() => undefined);
        await answer?.body?.cancel();
        return answer?.status === 200;
      }),
    );
    ready = backends.filter((_, i) => states[i]);
  };
  const looking = (async () => {
    while (going) {
      await look();
      await wait(20);
    }
  })();
  await look();
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      going = false;
      await looking;
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A client that keeps its connection for as long as it is let, and asks over and over. */
function client(port: number, counts: Map<string, number>) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify(car);
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const ask = (): Promise<string> =>
    new Promise((resolve) => {
      const asked = request(
        { port, host: '127.0.0.1', method: 'POST', path: '/predict', agent, headers },
        (answer: IncomingMessage) => {
          answer.resume();
          answer.once('close', () => resolve(answer.complete ? String(answer.statusCode) : 'cut'));
        },
      );
      asked.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      asked.end(body);
    });
  let going = true;
  const done = (async () => {
    while (going) {
      const result = await ask();
      counts.set(result, (counts.get(result) ?? 0) + 1);
      await wait(2 + ((counts.get('200') ?? 0) % 9));
    }
    agent.destroy();
  })();
  return () => {
    going = false;
    return done;
  };
}

describe('a rolling update', () => {
  test('of two servers, one after the other, loses no request of 16 clients that keep their connections', async () => {
    const start = (): Promise<ServerProcess> =>
      startServerProcess(folder, { flags: ['--port', '0', '--drain', '1.5'] });
    const backends = [await start(), await start()];
    const old = [...backends];
    const balanced = await balancer(backends);
    const counts = new Map<string, number>();
    const clients = Array.from({ length: 16 }, () => client(balanced.port, counts));
    const more = async (answers: number): Promise<void> => {
      const before = counts.get('200') ?? 0;
      while ((counts.get('200') ?? 0) < before + answers) await wait(5);
    };
    try {
      await more(200);
      for (const server of old) {
        backends.push(await start());
        await more(100);
        expect(await server.stop()).toBe(0);
        backends.splice(backends.indexOf(server), 1);
        await more(100);
      }
    } finally {
      await Promise.all(clients.map((end) => end()));
      await balanced.close();
      await Promise.all(backends.map((server) => server.stop()));
    }
    expect(Object.fromEntries(counts)).toEqual({ 200: expect.any(Number) });
  });
});

describe('a server that drains', () => {
  test('asks with every answer that the client come back by another connection', async () => {
    await using server = await startServerProcess(folder, { flags: ['--port', '0', '--drain', '60'] });
    const ask = (place: string, init: RequestInit = {}): Promise<string | null> =>
      fetch(`${server.url}${place}`, init).then(async (answer) => {
        await answer.body?.cancel();
        return answer.headers.get('connection');
      });
    const post = (body: string, type = 'application/json'): RequestInit => ({
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    const asked: [string, RequestInit?][] = [
      ['/predict', post(JSON.stringify(car))],
      ['/predict', post('{"power": "much"}')],
      ['/predict', post('no json')],
      ['/predict', post('x', 'text/plain')],
      ['/predict', { method: 'PUT' }],
      ['/invocations', post('{}')],
      ['/v2/models/cars/infer', post('{}')],
      ['/v1/models/cars:predict', post('{}')],
      ['/v2/health/live'],
      ['/v2/health/ready'],
      ['/ping'],
      ['/metrics'],
      ['/openapi.json'],
      ['/nowhere'],
      ['/%E0%A4%A'],
    ];
    for (const [place, init] of asked.slice(0, 1)) expect(await ask(place, init)).toBe('keep-alive');
    server.child.kill('SIGTERM');
    while (!server.text().includes('no longer ready')) await wait(5);
    const said = await Promise.all(asked.map(([place, init]) => ask(place, init)));
    expect(said).toEqual(asked.map(() => 'close'));
    server.child.kill('SIGKILL');
  });
});
