import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '../platform/clock.ts';
import { folderSource, type ModelSource } from './model-source.ts';
import { type RunningServer, type StartOptions, startServer } from './start.ts';
import { car, carsModel, type ModelOptions, writeCarsModel } from './testing/models.ts';
import { recordingEvents, serverOptions } from './testing/test-server.ts';

let folder: string;
let running: RunningServer | undefined;
const events = recordingEvents();
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo serving '));
  events.entries.length = 0;
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function start(source: ModelSource, options: Partial<StartOptions> = {}): Promise<RunningServer> {
  const all = { ...serverOptions, host: '127.0.0.1', port: 0, watch: 0, drain: 0, ...options };
  running = await startServer(source, all, { clock: fixedClock(0), events });
  return running;
}

async function predict({ url }: RunningServer) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/predict`, { method: 'POST', headers, body: JSON.stringify(car) });
  return { status: response.status, ...(await response.json()) };
}

const valueFor = (options: ModelOptions): unknown => {
  const row = { ...car, sold: Date.parse(car.sold) };
  const prediction = carsModel(options).predictor.predictRecord(row);
  return 'value' in prediction ? prediction.value : undefined;
};

describe('a start', () => {
  test('without a model, or with a damaged one, is refused', async () => {
    await expect(start(folderSource(path.join(folder, 'none')))).rejects.toThrow(/^there is no model at /);
    const model = await writeCarsModel(folder);
    await truncate(path.join(model, 'weights.bin'), 10);
    await expect(start(folderSource(model))).rejects.toThrow(/weights\.bin has 10 bytes/);
  });

  test('on a port in use says so', async () => {
    const source = folderSource(await writeCarsModel(folder));
    const { url } = await start(source);
    const port = Number(new URL(url).port);
    const second = startServer(
      source,
      { ...serverOptions, host: '127.0.0.1', port, watch: 0, drain: 0 },
      { clock: fixedClock(0), events },
    );
    await expect(second).rejects.toThrow(`cannot listen at 127.0.0.1 port ${port}: it is in use`);
  });

  test('an unreleased model’s version is the beginning of its digest', async () => {
    const { server } = await start(folderSource(await writeCarsModel(folder)));
    const { version, digest } = server.model();
    expect(digest).toBe(`sha256:${version}${digest.slice(7 + 12)}`);
  });
});

describe('a port of metrics and probes', () => {
  test('answers them without the token, and nothing else; with it the other port shows no metrics', async () => {
    const token = 'a-token-of-the-house';
    const server = await start(folderSource(await writeCarsModel(folder)), { token, metricsPort: 0 });
    const at = (place: string, init?: RequestInit) => fetch(`${server.metricsUrl}${place}`, init);
    const metrics = await at('/metrics');
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await metrics.text()).toContain('ciclo_ready 1\n');
    for (const place of ['/v2/health/live', '/v2/health/ready', '/ping', '/health']) {
      expect((await at(place)).status).toBe(200);
      expect((await at(place, { method: 'HEAD' })).status).toBe(200);
    }
    expect((await at('/predict', { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await at('/metrics', { method: 'POST', body: '{}' })).status).toBe(405);
    expect((await at('/constructor')).status).toBe(404);
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    expect((await fetch(`${server.url}/metrics`, { headers })).status).toBe(404);
    await server.stop();
    await expect(at('/metrics')).rejects.toThrow();
  });

  test('that is in use is named by its flag', async () => {
    const source = folderSource(await writeCarsModel(folder));
    const { url } = await start(source);
    const taken = { watch: 0, drain: 0, host: '127.0.0.1', port: 0, metricsPort: Number(new URL(url).port) };
    const second = startServer(source, { ...serverOptions, ...taken }, { clock: fixedClock(0), events });
    await expect(second).rejects.toThrow('choose another with --metrics-port');
  });

  test('an address that others reach, without a token, is warned of', async () => {
    await start(folderSource(await writeCarsModel(folder)), { host: '0.0.0.0' });
    expect(events.entries).toContainEqual({
      level: 'warn',
      message: 'no token is asked for: whoever reaches this address gets predictions',
      fields: { host: '0.0.0.0' },
    });
  });
});

describe('a reload', () => {
  test('takes the new model without dropping a request; every answer is of one of the two', async () => {
    const server = await start(folderSource(await writeCarsModel(folder, { seed: 1 })));
    const expected = new Map([[server.server.model().digest, valueFor({ seed: 1 })]]);
    const answers: Awaited<ReturnType<typeof predict>>[] = [];
    let going = true;
    const clients = Array.from({ length: 8 }, async () => {
      while (going) answers.push(await predict(server));
    });
    await writeCarsModel(folder, { seed: 2 });
    expect(await server.reload()).toBe('switched');
    expected.set(server.server.model().digest, valueFor({ seed: 2 }));
    going = false;
    await Promise.all(clients);
    answers.push(await predict(server));
    for (const { status, predictions, model } of answers) {
      expect({ status, predictions }).toEqual({ status: 200, predictions: [expected.get(model.digest)] });
    }
    expect(answers.at(-1)!.model.digest).toBe(server.server.model().digest);
    expect(await server.reload()).toBe('unchanged');
  });

  test('happens by itself when the folder is replaced', async () => {
    const server = await start(folderSource(await writeCarsModel(folder, { seed: 1 })), { watch: 2 });
    const { digest } = server.server.model();
    await writeCarsModel(folder, { seed: 2 });
    while (server.server.model().digest === digest) await new Promise((resolve) => setTimeout(resolve, 1));
    expect((await predict(server)).predictions).toEqual([valueFor({ seed: 2 })]);
  });

  test('of a damaged model is refused and reported; the former one goes on', async () => {
    const server = await start(folderSource(await writeCarsModel(folder, { seed: 1 })));
    const model = await writeCarsModel(folder, { seed: 2 });
    await writeFile(path.join(model, 'recipe.json'), 'x');
    expect(await server.reload()).toBe('refused');
    expect((await predict(server)).predictions).toEqual([valueFor({ seed: 1 })]);
    expect(events.entries.at(-1)).toMatchObject({
      level: 'error',
      message: 'the model was not reloaded; the former one goes on',
      fields: { error: expect.stringContaining('recipe.json') },
    });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('ciclo_model_reloads_total{result="refused"} 1\n');
    await writeCarsModel(folder, { seed: 3 });
    expect(await server.reload()).toBe('switched');
  });

  test('of another pipeline’s model is refused', async () => {
    const server = await start(folderSource(await writeCarsModel(folder)));
    await writeCarsModel(folder, { name: 'boats', seed: 2 });
    expect(await server.reload()).toBe('refused');
    expect(events.entries.at(-1)!.fields.error).toBe(
      'it is the model boats, and this server serves cars: start another one',
    );
  });
});

describe('a stop', () => {
  test('says "not ready" first, then ends when the requests in flight have their answers', async () => {
    let release = (): void => {};
    const drained = new Promise<void>((resolve) => {
      release = resolve;
    });
    const source = folderSource(await writeCarsModel(folder));
    const server = await startServer(
      source,
      { ...serverOptions, host: '127.0.0.1', port: 0, watch: 0, drain: 5000 },
      { clock: { now: () => 0, sleep: () => drained }, events },
    );
    const { port } = new URL(server.url);
    const body = JSON.stringify(car);
    const slow = connect(Number(port), '127.0.0.1');
    await once(slow, 'connect');
    slow.write(
      `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
    );
    while (!/bodies_bytes [1-9]/.test(await (await fetch(`${server.url}/metrics`)).text()));

    const stopped = server.stop();
    expect((await fetch(`${server.url}/v2/health/ready`)).status).toBe(503);
    expect((await fetch(`${server.url}/ping`)).status).toBe(503);
    expect((await fetch(`${server.url}/v2/health/live`)).status).toBe(200);
    expect((await predict(server)).status).toBe(200);

    release();
    while (server.server.app.server.listening) await new Promise((resolve) => setImmediate(resolve));
    await expect(fetch(`${server.url}/ping`)).rejects.toThrow();
    slow.write(body.slice(10));
    const answer = String(await once(slow, 'data'));
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer.toLowerCase()).toContain('connection: close');
    await stopped;
    expect(events.entries.map(({ message }) => message)).toEqual([
      'serving',
      'stopping: no longer ready',
      'stopped',
    ]);
  });
});
