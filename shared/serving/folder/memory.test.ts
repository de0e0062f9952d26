import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filled, hostileBodies } from '../testing/hostile-bodies.ts';
import { type MemoryGroup, memoryGroup } from '../testing/memory-group.ts';
import { car, carsBundle } from '../testing/models.ts';
import { type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { memoryLimit, nodeFlags } from './runtime.ts';
import { serverFolder } from './server-folder.ts';
import { readServerScript } from './server-script.ts';

let folder: string;
let server: ServerProcess;
let group: MemoryGroup | undefined;
let metricsUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo-memory-'));
  const parts = { archive: await carsBundle({ task: 'multiclass' }), server: await readServerScript() };
  for (const [name, bytes] of await serverFolder(parts)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), bytes);
  }
  group = memoryGroup(`ciclo-memory-${process.pid}`, memoryLimit * 2 ** 20);
  server = await startServerProcess(folder, {
    flags: [
      '--port',
      '0',
      '--metrics-port',
      '0',
      '--timeout',
      '5',
      '--log-predictions',
      path.join(folder, 'log'),
    ],
    nodeFlags,
    memory: group,
  });
  metricsUrl = /"metrics":"(http:[^"]+)"/.exec(server.text())![1]!;
});
afterAll(async () => {
  await server.stop();
  group?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Mebibytes that the server took at most, without Node's own file and others that the system can drop. */
async function peak(): Promise<number> {
  const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8');
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)![1]);
  return (of('VmHWM') - of('RssFile')) / 1024;
}

interface Seen {
  readonly asked: number;
  readonly unanswered: number;
  /** Milliseconds of the server's own work between a question and its answer: what else the machine does is not in it. */
  readonly longest: number;
}

const probe = path.join(import.meta.dirname, '../testing/liveness-probe.ts');

/** Asks whether the server lives, over and over, from another process, while something is done. */
async function alive(work: () => Promise<unknown>): Promise<Seen> {
  const asking = spawn(process.execPath, [probe, `${metricsUrl}/v2/health/live`, String(server.child.pid)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  asking.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = once(asking, 'close');
  while (!said.startsWith('ready')) await once(asking.stdout, 'data');
  await work();
  asking.stdin.end();
  await ended;
  return JSON.parse(said.slice('ready'.length));
}

const post = (route: string, body: string, type = 'application/json'): Promise<number> =>
  fetch(`${server.url}${route}`, { method: 'POST', headers: { 'content-type': type }, body }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => 0, // dropped
  );

const routes = ['/predict', '/invocations', '/v1/models/cars:predict', '/v2/models/cars/infer'];
const together = 24;

/** The same to all routes, many at a time. */
const flood = (body: string): Promise<number[]> =>
  Promise.all(Array.from({ length: together }, (_, i) => post(routes[i % routes.length]!, body)));

const batch = (size: number): string =>
  JSON.stringify(Array.from({ length: size }, (_, i) => ({ ...car, origin: `nowhere ${i}`, power: 499 })));

async function sockets(count: number, beginning: string): Promise<Socket[]> {
  const { port, hostname } = new URL(server.url);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined).pause();
      await once(socket, 'connect');
      socket.write(beginning);
      return socket;
    }),
  );
}

const head = (route: string, length: number): string =>
  `POST ${route} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

/** What is done to the server, by name. */
const attacks: Record<string, () => Promise<unknown>> = {
  'eight bodies of a megabyte of {}': () =>
    Promise.all(Array.from({ length: 8 }, () => post('/predict', filled('{},')))),
  'every hostile body, to every route': async () => {
    for (const body of Object.values(hostileBodies)) await flood(body);
  },
  'batches that are as large as they may be, with warnings for each value': async () => {
    for (let i = 0; i < 4; i++)
      await Promise.all(Array.from({ length: together }, () => post('/predict', batch(9000))));
  },
  'CSV with categories that nobody knows, each in a body of its own': async () => {
    const names = [...Object.keys(car), 'name'].join(',');
    const long = 'x'.repeat(900_000);
    for (let i = 0; i < 120; i += 4) {
      await Promise.all(
        [0, 1, 2, 3].map((k) =>
          post(
            '/invocations',
            `${names}\n110,a category unknown ${i + k},false,1975-06-01,2900,${long}\n`,
            'text/csv',
          ),
        ),
      );
    }
  },
  'bodies of nearly a megabyte that never end': async () => {
    const open = await sockets(200, head('/predict', 2 ** 20) + ' '.repeat(2 ** 20 - 10));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    for (const socket of open) socket.destroy();
  },
  'bodies in pieces of a byte': async () => {
    const open = await sockets(50, head('/predict', 2 ** 20));
    for (let i = 0; i < 400; i++) {
      for (const socket of open) socket.write(' ');
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const socket of open) socket.destroy();
  },
  'answers that nobody reads': async () => {
    const body = batch(9000);
    const open = await sockets(60, `${head('/predict', body.length)}${body}`.repeat(2));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    for (const socket of open) socket.destroy();
  },
  'a thousand headers of nearly 16 KB': async () => {
    const open = await sockets(1000, `POST /predict HTTP/1.1\r\nx-long: ${'x'.repeat(15_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const socket of open) socket.destroy();
  },
};

describe(`a server with ${memoryLimit} MiB of memory`, () => {
  test.each(Object.keys(attacks))('lives through %s', async (name) => {
    const { asked, unanswered, longest } = await alive(attacks[name]!);
    expect({ asked: asked > 0, unanswered }).toEqual({ asked: true, unanswered: 0 });
    // Kubernetes waits a second, unless it is told otherwise.
    expect(longest).toBeLessThan(1000);
    expect(server.child.exitCode).toBeNull();
    expect(server.child.signalCode).toBeNull();
    // It may say for a moment that it is behind its work.
    while ((await post('/predict', JSON.stringify(car))) === 503);
    expect(await post('/predict', JSON.stringify(car))).toBe(200);
    const most = await peak();
    if (process.env.CICLO_SHOW_MEMORY)
      process.stderr.write(`${name}: ${most.toFixed(0)} MiB, ${asked} probes, ${longest} ms\n`);
    expect(most).toBeLessThan(memoryLimit);
  });
});
