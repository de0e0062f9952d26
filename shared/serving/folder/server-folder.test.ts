import { execFileSync, spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { carsBundle } from '../testing/models.ts';
import { startServerProcess } from '../testing/server-process.ts';
import { serverArchiveName, serverFolder } from './server-folder.ts';
import { readServerScript, type ServerScript } from './server-script.ts';

let folder: string;
let server: ServerScript;
let files: ReadonlyMap<string, Uint8Array>;
const text = (name: string): string => new TextDecoder().decode(files.get(name));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo-folder-'));
  server = await readServerScript();
  files = await serverFolder({ archive: await carsBundle(), server });
  for (const [name, bytes] of files) await writeFile(path.join(folder, name), bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lines = (name: string): string[] => text(name).split('\n');
const example = (): unknown => JSON.parse(text('example.json'));
const post = (url: string, body: unknown, headers = {}): Promise<Response> =>
  fetch(`${url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('the folder of a server', () => {
  test('holds the bundle as the release has it, the server, and what runs it', async () => {
    expect([...files.keys()].sort()).toEqual([
      'Dockerfile',
      'README.md',
      'ciclo-cars.service',
      'example.json',
      'kubernetes.yaml',
      'licenses.txt',
      'model.zip',
      'server.mjs',
    ]);
    expect(files.get('model.zip')).toEqual((await carsBundle()).bytes);
    expect(serverArchiveName({ name: 'cars', version: 'v1.2.0' })).toBe('cars-v1.2.0-server.zip');
    expect(text('licenses.txt')).toMatch(/^fastify \d+\.\d+\.\d+\nMIT$/m);
  });

  test('has the same bytes however often it is made', async () => {
    const again = await serverFolder({ archive: await carsBundle(), server: await readServerScript() });
    expect([...again]).toEqual([...files]);
  });

  test('names no path of the machine that made it', () => {
    for (const name of files.keys()) expect(text(name)).not.toContain(process.cwd());
  });

  test('shows the answer of its own model in README.md', () => {
    const shown = /```json\n([\s\S]*?)\n```/.exec(text('README.md'))![1]!;
    expect(JSON.parse(shown)).toMatchObject({ predictions: [expect.any(Number)], model: { name: 'cars' } });
    expect(text('README.md')).toContain('-d @example.json');
  });
});

describe('node server.mjs', () => {
  test('serves with an empty environment, from any folder, as README.md says', async () => {
    await using running = await startServerProcess(folder, { flags: ['--port', '0'], cwd: tmpdir() });
    const answer = await post(running.url, example());
    const shown = /```json\n([\s\S]*?)\n```/.exec(text('README.md'))![1]!;
    expect(await answer.json()).toEqual(JSON.parse(shown));
    const document = await (await fetch(`${running.url}/openapi.json`)).json();
    expect(document).toMatchObject({ info: { title: 'cars', version: 'v1.2.0' } });
  });

  test('takes PORT, HOST and CICLO_TOKEN, and ends with 0 on SIGTERM', async () => {
    const token = 'a-token-of-enough-letters';
    const env = { PORT: '0', HOST: '127.0.0.1', CICLO_TOKEN: token };
    await using running = await startServerProcess(folder, { env });
    expect(running.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await post(running.url, example())).status).toBe(401);
    const allowed = await post(running.url, example(), { authorization: `Bearer ${token}` });
    expect(allowed.status).toBe(200);
    expect((await fetch(`${running.url}/v2/health/ready`)).status).toBe(200);
    expect(await running.stop()).toBe(0);
    expect(running.text()).not.toContain(token);
  });

  test('puts a replaced bundle in place, and goes on when it is damaged', async () => {
    const place = await mkdtemp(path.join(tmpdir(), 'ciclo-reload-'));
    try {
      const bundle = path.join(place, 'model.zip');
      const replace = async (bytes: Uint8Array): Promise<void> => {
        await writeFile(`${bundle}.new`, bytes);
        await rename(`${bundle}.new`, bundle);
      };
      await copyFile(path.join(folder, 'model.zip'), bundle);
      await using running = await startServerProcess(folder, {
        flags: [bundle, '--port', '0', '--watch', '0.05'],
      });
      const version = async (): Promise<string> =>
        ((await (await post(running.url, example())).json()) as { model: { version: string } }).model.version;
      const said = async (words: string): Promise<void> => {
        while (!running.text().includes(words)) await new Promise((resolve) => setTimeout(resolve, 20));
      };
      expect(await version()).toBe('v1.2.0');
      await replace((await carsBundle({ version: 'v1.3.0', seed: 2 })).bytes);
      await said('the model was replaced');
      expect(await version()).toBe('v1.3.0');
      await replace(new Uint8Array(100));
      await said('the model was not reloaded');
      expect(await version()).toBe('v1.3.0');
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  });

  test.each([
    [{ PORT: 'http' }, [], /--port is a whole number from 0 to 65535/],
    [{ CICLO_TOKEN: 'short' }, [], /--token-env CICLO_TOKEN: a token has at least 16 characters/],
    [
      {},
      ['none.zip'],
      /there is no bundle at .*none\.zip: give the file of a release, such as fuel-v1\.2\.0\.zip/,
    ],
    [{}, ['Dockerfile'], /^error: .*archive/],
  ])('with %j and %j says what is wrong, and ends with 2', async (env, flags, message) => {
    const { status, stderr } = spawnSync(process.execPath, ['server.mjs', ...flags], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(2);
  });
});

describe('what runs the server', () => {
  test('Dockerfile: files that are there, no root, a health check that a running server passes', async () => {
    const copied = lines('Dockerfile').find((line) => line.startsWith('COPY '))!;
    const present = await readdir(folder);
    expect(
      copied
        .split(' ')
        .slice(1, -1)
        .every((name) => present.includes(name)),
    ).toBe(true);
    expect(lines('Dockerfile')).toContain('FROM node:24-slim');
    expect(lines('Dockerfile')).toContain('USER 1000:1000');
    const command = /^HEALTHCHECK .* CMD (\[.*\])$/m.exec(text('Dockerfile'))![1]!;
    const [program, ...words] = JSON.parse(command) as string[];
    expect(program).toBe('node');
    const check = (PORT: string): number | null =>
      spawnSync(process.execPath, words, { env: { PORT } }).status;
    expect(check('1')).toBe(1);
    await using running = await startServerProcess(folder, { flags: ['--port', '0'] });
    expect(check(new URL(running.url).port)).toBe(0);
    const start = /^CMD (\[.*\])$/m.exec(text('Dockerfile'))![1]!;
    expect((JSON.parse(start) as string[]).at(-1)).toBe('server.mjs');
  });

  test('kubernetes.yaml: no root, nothing writable, probes that the server answers, limits', async () => {
    const [deployment, service] = parseAllDocuments(text('kubernetes.yaml')).map((one) => one.toJS());
    expect([deployment.kind, service.kind]).toEqual(['Deployment', 'Service']);
    const pod = deployment.spec.template;
    expect(pod.metadata.labels).toMatchObject(deployment.spec.selector.matchLabels);
    expect(pod.metadata.labels).toMatchObject(service.spec.selector);
    expect(pod.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    const [container] = pod.spec.containers;
    expect(container.image).toBe('cars:v1.2.0');
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.resources).toMatchObject({ requests: { memory: '128Mi' }, limits: { memory: '256Mi' } });
    const [port] = container.ports;
    expect(lines('Dockerfile')).toContain(`EXPOSE ${port.containerPort}`);
    expect(service.spec.ports[0].targetPort).toBe(port.name);
    await using running = await startServerProcess(folder, {
      flags: ['--port', '0', ...container.args.slice(3)],
    });
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      const { path: place, port: name } = container[probe].httpGet;
      expect(name).toBe(port.name);
      expect((await fetch(`${running.url}${place}`)).status).toBe(200);
    }
    running.child.kill('SIGKILL');
  });

  test('the systemd unit: systemd finds nothing wrong with it', async () => {
    const unit = parseUnit(text('ciclo-cars.service'));
    expect(unit.get('ExecStart')).toBe('/usr/bin/node --max-semi-space-size=2 /opt/ciclo-cars/server.mjs');
    expect(unit.get('DynamicUser')).toBe('yes');
    expect(unit.get('ProtectSystem')).toBe('strict');
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) return;
    const file = path.join(folder, 'verified.service');
    const here = text('ciclo-cars.service').replace('/usr/bin/node', process.execPath);
    await writeFile(file, here);
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
      encoding: 'utf8',
    });
    expect(stderr).not.toContain('verified.service');
    expect(status).toBe(0);
  });

  test('server.mjs: on an older Node it says which it needs', () => {
    const script = text('server.mjs').replace('process.versions.node', '"20.1.0"');
    const ended = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', script.slice(0, 2000).split('const require')[0]!],
      {
        encoding: 'utf8',
      },
    );
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(/^server\.mjs needs Node 24 or newer/);
  });

  test('example.json is what the server describes as an example', () => {
    expect(parse(text('example.json'))).toEqual(example());
    expect(Object.keys(example() as object)).toEqual(['power', 'origin', 'turbo', 'sold', 'weight']);
    expect(execFileSync(process.execPath, ['--check', path.join(folder, 'server.mjs')]).toString()).toBe('');
  });
});

/** The last value of each key. */
function parseUnit(unit: string): ReadonlyMap<string, string> {
  return new Map(
    unit.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at > 0 && !line.startsWith('#') ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
    }),
  );
}
