/**
 * Single-row requests over 32 connections on loopback: Ciclo's server, with validation, metrics and the live profile,
 * beside a bare Fastify that only parses and answers, and on demand beside `mlflow models serve` with a network of the
 * same shape. Prints one JSON object.
 *
 * usage: node benchmarks/serving/serving.ts [--seconds 10] [--connections 32] [--mlflow FOLDER/bin]
 *   --mlflow: the bin folder of a virtual environment with benchmarks/serving/requirements.txt (0.85 GB)
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '../../shared/platform/random.ts';
import { load } from './load.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '32' },
    mlflow: { type: 'string' },
  },
});
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../..');
const scratch = await mkdtemp(path.join(tmpdir(), 'ciclo-bench-serving-'));
// Below the project, so that its packages are found; git ignores build/.
const compiled = path.join(root, 'build/bench-serving');
const width = 20;
const names = Array.from({ length: width }, (_, j) => `x${j}`);
const record = Object.fromEntries(names.map((name, j) => [name, (j - width / 2) / 10]));

interface Contender {
  readonly command: string;
  readonly args: readonly string[];
  readonly probe: string;
  readonly path: string;
  readonly body: string;
}

/** A trained network 20-64-32-1. */
async function train(): Promise<string> {
  const random = createRandom(1);
  const rows = Array.from({ length: 2000 }, () => {
    const row = names.map(() => random.normal());
    return [...row, 2 * row[0]! - row[1]!].join(',');
  });
  await writeFile(path.join(scratch, 'rows.csv'), `${[...names, 'y'].join(',')}\n${rows.join('\n')}\n`);
  const config = path.join(scratch, 'ciclo.yml');
  await writeFile(
    config,
    'name: bench\ntask: regression\ntarget: y\ndata: { source: { type: file, path: rows.csv } }\n' +
      'train: { candidates: [{ type: neural-network, layers: [64, 32], epochs: 5 }] }\n',
  );
  for (const verb of ['prepare', 'train']) {
    execFileSync(process.execPath, [path.join(root, 'cli/ciclo.js'), verb, '-q', '--config', config], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return path.join(scratch, '.ciclo/model');
}

/** Resident memory of a process and its children now, in MB. */
async function memory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const others = await Promise.all(children.split(' ').filter(Boolean).map(Number).map(memory));
  return others.reduce((sum, one) => sum + one, own);
}

/** Milliseconds from the start of the process to its first answer. */
async function firstAnswer(url: string, start: number, server: ChildProcess): Promise<number> {
  while (server.exitCode === null) {
    const found = await fetch(url).catch(() => undefined);
    if (found?.ok) return performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the server ended with ${server.exitCode}`);
}

const round = (value: number): number => Number(value.toPrecision(3));

async function measure(contender: Contender, port: number): Promise<object> {
  const { command, args, probe, path: route, body } = contender;
  const start = performance.now();
  const server = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    // MLflow starts workers, found beside it: all of them end with the group.
    detached: true,
    env: { ...process.env, PATH: `${path.dirname(command)}${path.delimiter}${process.env.PATH}` },
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const startMs = await firstAnswer(`http://127.0.0.1:${port}${probe}`, start, server);
    const common = { port, path: route, body, connections: Number(values.connections) };
    await load({ ...common, seconds: 2 });
    const measured = await load({ ...common, seconds: Number(values.seconds) });
    const figures = { ...measured, startMs, memoryMb: await memory(server.pid!) };
    return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, round(value)]));
  } finally {
    if (server.exitCode === null) process.kill(-server.pid!, 'SIGTERM');
    await ended;
  }
}

let port = 18_700;
const plain = { path: '/predict', body: JSON.stringify(record) };
const node = process.execPath;

execFileSync(node, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', compiled], {
  cwd: root,
});
const model = await train();
const results: Record<string, object> = {};

port++;
const bare = [path.join(here, 'bare-fastify.ts'), String(port)];
results.bareFastify = await measure({ command: node, args: bare, probe: '/ready', ...plain }, port);

const log = ['--log-predictions', path.join(scratch, 'log')];
for (const [name, more] of Object.entries({ ciclo: [], cicloWithPredictionLog: log })) {
  port++;
  const serve = [
    path.join(here, 'built-server.ts'),
    compiled,
    'serve',
    model,
    '--port',
    String(port),
    ...more,
  ];
  const args = ['--max-semi-space-size=2', ...serve];
  results[name] = await measure({ command: node, args, probe: '/v2/health/ready', ...plain }, port);
}

if (values.mlflow !== undefined) {
  port++;
  const saved = path.join(scratch, 'mlflow-model');
  execFileSync(path.join(values.mlflow, 'python'), [path.join(here, 'mlflow_model.py'), saved], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  results.mlflow = await measure(
    {
      command: path.join(values.mlflow, 'mlflow'),
      args: ['models', 'serve', '-m', saved, '-p', String(port), '--env-manager', 'local'],
      probe: '/ping',
      path: '/invocations',
      body: JSON.stringify({ dataframe_records: [record] }),
    },
    port,
  );
}
await rm(scratch, { recursive: true });
await rm(compiled, { recursive: true });
console.log(
  JSON.stringify({ cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, results }, null, 2),
);
