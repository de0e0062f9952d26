import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../shared/platform/digest.ts';
import { car, carsBundle, writeCarsModel } from '../../shared/serving/testing/models.ts';
import type { Io, Signal } from '../terminal/io.ts';
import { type Ran, runInMemory, type Surroundings } from '../testing/test-io.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'ciclo serve '));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Serving {
  readonly url: string;
  send(signal: Signal): void;
  readonly ended: Promise<Ran>;
}

/** Serves on a free port; resolves once the signals are taken, which is when it answers. */
async function serve(argv: readonly string[], around: Surroundings = {}): Promise<Serving> {
  const port = await freePort();
  const signals: Io['signals'] = new Map();
  const ended = runInMemory(['serve', ...argv, '--port', String(port)], { cwd, ...around, signals });
  while (!signals.has('SIGTERM')) await new Promise((resolve) => setTimeout(resolve, 1));
  return { url: `http://127.0.0.1:${port}`, send: (signal) => signals.get(signal)?.(), ended };
}

const predict = (url: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(car),
  });

describe('ciclo serve', () => {
  test('serves the default model, reads it again on SIGHUP and ends on SIGTERM with 0', async () => {
    await writeCarsModel(path.join(cwd, '.ciclo'), { seed: 1 });
    const serving = await serve(['--model-version', 'v1.2.0', '--watch', '0']);
    expect((await (await predict(serving.url)).json()).model.version).toBe('v1.2.0');
    await writeCarsModel(path.join(cwd, '.ciclo'), { seed: 2 });
    serving.send('SIGHUP');
    while (!/result="switched"/.test(await (await fetch(`${serving.url}/metrics`)).text()));
    serving.send('SIGTERM');
    const { code, stdout, stderr } = await serving.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const events = stdout.trimEnd().split('\n');
    expect(events.map((line) => JSON.parse(line).message)).toEqual([
      'serving',
      'the model was replaced',
      'stopping: no longer ready',
      'stopped',
    ]);
    await expect(fetch(`${serving.url}/ping`)).rejects.toThrow();
  });

  test('of a bundle says what it could not check; with --expect it serves that file and no other', async () => {
    const { bytes } = await carsBundle({ version: 'v1.2.0' });
    await writeFile(path.join(cwd, 'fuel.zip'), bytes);
    const other = `sha256:${'0'.repeat(64)}`;
    const refused = await runInMemory(['serve', 'fuel.zip', '--expect', other], { cwd });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`its digest is ${sha256(bytes)}, expected was ${other}: it is refused`);
    const folder = await runInMemory(['serve', '.', '--expect', other], { cwd });
    expect(folder.stderr).toContain('--expect goes with the bundle of a release');

    const trusting = await serve(['fuel.zip']);
    trusting.send('SIGTERM');
    expect(`${(await trusting.ended).stdout}${(await trusting.ended).stderr}`).toContain(
      'was checked by its own manifest alone',
    );
    const expecting = await serve(['fuel.zip', '--expect', sha256(bytes)]);
    expect((await (await predict(expecting.url)).json()).model.version).toBe('v1.2.0');
    expecting.send('SIGTERM');
    const { code, stdout, stderr } = await expecting.ended;
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain('its own manifest alone');
  });

  test('on a terminal says in words what it does', async () => {
    await writeCarsModel(cwd);
    const serving = await serve(['model'], { columns: 200 });
    serving.send('SIGINT');
    const { code, stderr } = await serving.ended;
    expect(code).toBe(0);
    expect(stderr).toContain(`serving: model cars, version `);
    expect(stderr).toContain(`url ${serving.url}`);
  });

  test('asks for the token of the environment, and logs predictions', async () => {
    await writeCarsModel(cwd);
    const token = 'a-token-of-the-house';
    const serving = await serve(['model', '--token-env', 'CARS_TOKEN', '--log-predictions', 'log'], {
      environment: { CARS_TOKEN: token },
    });
    expect((await predict(serving.url)).status).toBe(401);
    expect((await predict(serving.url, { authorization: `Bearer ${token}` })).status).toBe(200);
    serving.send('SIGTERM');
    const { stdout, stderr } = await serving.ended;
    expect(stdout + stderr).not.toContain(token);
    const lines = (await readFile(path.join(cwd, 'log', 'predictions.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      _model: 'cars',
      origin: 'USA',
      sold: '1975-06-01T00:00:00.000Z',
    });
  });

  test.each([
    [['none'], /^error: there is no model at .*none: run ciclo train first\n$/],
    [['--token-env', 'NONE'], /the environment has no "NONE"; set it to the token/],
    [['--token-env', ''], /the environment has no ""; set it to the token/],
    [
      ['--token-env', 'EMPTY'],
      /--token-env EMPTY: it is empty; set it to the token, or unset it to serve whoever asks/,
    ],
    [['--token-env', 'BLANK'], /--token-env BLANK: it is empty/],
    [['--metrics-port', 'x'], /--metrics-port is a whole number from 0 to 65535/],
    [['--max-rows', '0'], /--max-rows is a whole number from 1 to/],
    [['--max-body', '4mb', '--max-bodies', '1mb'], /--max-bodies 1048576: one body may have 4194304 bytes/],
    [['--token-env', 'SHORT'], /a token has at least 16 characters/],
    [['--port', '70000'], /--port is a whole number from 0 to 65535/],
    [['--max-body', '2tb'], /--max-body is a size up to 1gb, as 65536, 500kb or 4mb/],
    [['--log-rate', '2'], /--log-rate is a number from 0 to 1/],
    [['--timeout', ''], /--timeout is a number from 0.1 to 3600/],
  ])('refuses %j', async (argv, message) => {
    const { code, stderr } = await runInMemory(['serve', ...argv], {
      cwd,
      environment: { SHORT: 'short', EMPTY: '', BLANK: ' \n' },
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
