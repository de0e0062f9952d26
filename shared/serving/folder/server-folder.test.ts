import { execFileSync, spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
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
  for (const [name, bytes] of files) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), bytes);
  }
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
      'alerts.yaml',
      'ciclo-cars.service',
      'example.json',
      'kubernetes/base/deployment.yaml',
      'kubernetes/base/disruption-budget.yaml',
      'kubernetes/base/kustomization.yaml',
      'kubernetes/base/network-policy.yaml',
      'kubernetes/base/service.yaml',
      'kubernetes/production/kustomization.yaml',
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
    [{ CICLO_TOKEN: '' }, [], /--token-env CICLO_TOKEN: it is empty; set it to the token, or unset it/],
    [{ CICLO_TOKEN: ' \t\n' }, [], /--token-env CICLO_TOKEN: it is empty/],
    [{ CICLO_TOKEN: 'sixteen letters and spaces' }, [], /a token has at least 16 characters and no spaces/],
    [{}, ['--token-env', 'NONE'], /--token-env NONE: the environment has no "NONE"; set it to the token/],
    [{}, ['--token-env', ''], /the environment has no ""/],
    [{ METRICS_PORT: 'many' }, [], /--metrics-port is a whole number from 0 to 65535/],
    [{}, ['--max-bodies', '1kb'], /--max-bodies 1024: one body may have 1048576 bytes \(--max-body\)/],
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
    // By its digest: another image cannot come in its place.
    expect(text('Dockerfile')).toMatch(
      /^ARG BASE=docker\.io\/library\/node:24\.\S+-slim@sha256:[0-9a-f]{64}\nFROM \$\{BASE\}$/m,
    );
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

  test('Kubernetes: no root, nothing writable, probes that the server answers, limits', async () => {
    const deployment = parse(text('kubernetes/base/deployment.yaml'));
    const service = parse(text('kubernetes/base/service.yaml'));
    const pod = deployment.spec.template;
    expect(pod.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    const [container] = pod.spec.containers;
    expect(container.image).toBe('cars');
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.resources).toMatchObject({ requests: { memory: '128Mi' }, limits: { memory: '256Mi' } });
    const [port, metrics] = container.ports;
    expect(lines('Dockerfile')).toContain(`EXPOSE ${port.containerPort}`);
    expect(service.spec.ports[0].targetPort).toBe(port.name);
    expect(pod.metadata.annotations['prometheus.io/port']).toBe(String(metrics.containerPort));
    const script = container.args.indexOf('server.mjs');
    const flags: string[] = container.args.slice(script + 1);
    expect(flags.at(-1)).toBe(String(metrics.containerPort));
    const token = 'a-token-of-enough-letters';
    await using running = await startServerProcess(folder, {
      flags: ['--port', '0', ...flags.slice(0, -1), '0'],
      env: { CICLO_TOKEN: token },
    });
    const metricsUrl = /"metrics":"(http:[^"]+)"/.exec(running.text())![1]!;
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      const { path: place, port: name } = container[probe].httpGet;
      expect(name).toBe(metrics.name);
      expect((await fetch(`${metricsUrl}${place}`)).status).toBe(200);
    }
    // Prometheus has no token: its port needs none, and the clients' port does not show the figures.
    const annotated = pod.metadata.annotations['prometheus.io/path'];
    expect((await fetch(`${metricsUrl}${annotated}`)).status).toBe(200);
    const authorization = `Bearer ${token}`;
    expect((await fetch(`${running.url}${annotated}`, { headers: { authorization } })).status).toBe(404);
    running.child.kill('SIGKILL');
  });

  test('Node’s heap is smaller than the memory that container and unit may take', () => {
    const heapOf = (words: string): number => Number(/--max-old-space-size=(\d+)/.exec(words)![1]);
    const { containers } = parse(text('kubernetes/base/deployment.yaml')).spec.template.spec;
    const limit = Number(/^(\d+)Mi$/.exec(containers[0].resources.limits.memory)![1]);
    const unit = parseUnit(text('ciclo-cars.service'));
    expect(unit.get('MemoryMax')).toBe(`${limit}M`);
    for (const words of [containers[0].args.join(' '), text('Dockerfile'), unit.get('ExecStart')!]) {
      // Node itself takes some 60 MiB beside its heap.
      expect(heapOf(words)).toBeLessThanOrEqual(limit - 100);
    }
  });

  test('the network policy and the disruption budget are about the pods that there are', () => {
    const name = 'ciclo-cars';
    const labels = { 'app.kubernetes.io/name': name };
    const { labels: added } = parse(text('kubernetes/base/kustomization.yaml'));
    expect(added[0]).toEqual({ pairs: labels, includeSelectors: true });
    const policy = parse(text('kubernetes/base/network-policy.yaml')).spec;
    expect(policy.podSelector.matchLabels).toEqual(labels);
    expect(policy).toMatchObject({ policyTypes: ['Ingress', 'Egress'], egress: [] });
    const { containers } = parse(text('kubernetes/base/deployment.yaml')).spec.template.spec;
    const ports = containers[0].ports.map((port: { name: string }) => port.name);
    expect(policy.ingress.map((rule: { ports: { port: string }[] }) => rule.ports[0]!.port)).toEqual(ports);
    const budget = parse(text('kubernetes/base/disruption-budget.yaml')).spec;
    expect(budget).toEqual({ maxUnavailable: 1, selector: { matchLabels: labels } });
  });

  test('the overlay needs the token: without its Secret no pod starts', () => {
    const { patches, resources } = parse(text('kubernetes/production/kustomization.yaml'));
    expect(resources).toEqual(['../base']);
    const [{ value }] = parse(patches[0].patch);
    expect(value).toEqual([
      { name: 'CICLO_TOKEN', valueFrom: { secretKeyRef: { name: 'ciclo-cars', key: 'token' } } },
    ]);
  });

  test('alerts name metrics and labels that the server has', async () => {
    await using running = await startServerProcess(folder, {
      flags: ['--port', '0', '--log-predictions', path.join(folder, 'log')],
    });
    await post(running.url, { ...(example() as object), origin: 'Mars' });
    const exposition = await (await fetch(`${running.url}/metrics`)).text();
    const kinds = new Map(
      [...exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name!, type!]),
    );
    const { groups } = parse(text('alerts.yaml'));
    const expressions: string[] = groups[0].rules.map((rule: { expr: string }) => rule.expr);
    expect(expressions.length).toBeGreaterThan(10);
    for (const expression of expressions) {
      const named = [...expression.matchAll(/\b((?:ciclo|process)_\w+)(\{[^}]*\})?(\[\w+\])?/g)];
      expect(named.length).toBeGreaterThan(0);
      for (const [, name, selector, range] of named) {
        const family = name!.replace(/_bucket$/, '');
        const kind = kinds.get(family);
        expect({ name, kind }).toEqual({ name, kind: expect.any(String) });
        // A rate of a gauge, or the bare value of a counter, says nothing.
        expect({ name, counted: range !== undefined }).toEqual({ name, counted: kind !== 'gauge' });
        for (const [, label] of (selector ?? '').matchAll(/(\w+)[=!]/g)) {
          const samples = exposition.split('\n').filter((line) => line.startsWith(`${name}{`));
          if (label !== 'job' && samples.length > 0) expect(samples[0]).toContain(`${label}="`);
        }
      }
    }
  });

  test('the systemd unit: systemd finds nothing wrong with it', async () => {
    const unit = parseUnit(text('ciclo-cars.service'));
    expect(unit.get('ExecStart')).toBe(
      '/usr/bin/node --max-old-space-size=128 --max-semi-space-size=2 /opt/ciclo-cars/server.mjs',
    );
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
      ['--input-type=module', '--eval', script.slice(0, 2000).split('var __create')[0]!],
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
