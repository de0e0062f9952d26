import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readModelFolder } from '../shared/artifacts/folders/model-folder.ts';
import { featureColumns } from '../shared/dataset/schema/schema.ts';
import { namedValues } from '../shared/platform/named-values.ts';
import { createRandom } from '../shared/platform/random.ts';
import { type TestServer, testServer } from '../shared/serving/testing/test-server.ts';
import { runInMemory } from './testing/test-io.ts';

/** What every object has, what promises and functions have, an empty name, and a very long one. */
const names = [
  ...Object.getOwnPropertyNames(Object.prototype),
  'then',
  'length',
  'prototype',
  '',
  'x'.repeat(300),
];
const classes = ['__proto__', 'constructor', 'then'];
const target = 'hasOwn';

type Cells = Record<string, string | number>;

/** Numbers and categories called after properties of objects; so are the categories, and the classes. */
function rowsOf(count: number): Cells[] {
  const random = createRandom('names');
  return Array.from({ length: count }, () => {
    const row = namedValues<string | number>(
      names.map((name, i) => [name, i % 2 === 0 ? names[random.integer(5)]! : random.normal()]),
    );
    const score = Number(row[names[1]!]) + (row[names[0]!] === names[0] ? 1 : 0) + 0.3 * random.normal();
    row[target] = classes[score < -0.3 ? 0 : score < 0.7 ? 1 : 2]!;
    return row;
  });
}

const rows = rowsOf(500);
const records = rows.slice(0, 4).map((row) => namedValues(names.map((name) => [name, row[name]!])));

let cwd: string;
const ciclo = async (...argv: string[]) => {
  const { code, stderr, stdout } = await runInMemory(argv, { cwd });
  return { code, stderr: code === 0 ? '' : stderr, stdout };
};

beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'ciclo-names-'));
  await mkdir(path.join(cwd, 'data'));
  await writeFile(path.join(cwd, 'data/rows.ndjson'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await writeFile(
    path.join(cwd, 'ciclo.yml'),
    `name: names
task: multiclass
target: ${target}
data:
  source: { type: file, path: data/*.ndjson }
features:
  constructor: { type: category, description: What made it. }
  hasOwnProperty: { type: number }
train: { candidates: [{ type: linear, class-weights: { constructor: 1, then: 1 } }] }
validate: { bootstrap: { resamples: 100 } }
deploy: { targets: [release, server, pages] }
`,
  );
  await writeFile(path.join(cwd, 'records.json'), JSON.stringify(records));
  const git = (...argv: string[]) => promisify(execFile)('git', argv, { cwd });
  await git('init', '-q');
  expect(await ciclo('lock', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  await writeFile(path.join(cwd, '.gitignore'), '.ciclo\n');
  await git('add', '-A');
  await git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qm', 'names');
  expect(await ciclo('run', '--quiet')).toMatchObject({ code: 0, stderr: '' });
}, 120_000);
afterAll(async () => {
  await rm(cwd, { recursive: true, force: true });
});

interface Predicted {
  readonly prediction: string;
  readonly probabilities: Record<string, number>;
}

async function predicted(): Promise<Predicted[]> {
  const { code, stdout } = await ciclo('predict', 'records.json');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

async function modelServer(): Promise<TestServer> {
  const { manifest, ...model } = await readModelFolder(path.join(cwd, '.ciclo/model'));
  return testServer({ ...model, name: 'names', version: 'v1.0.0', digest: manifest.digest });
}

describe('names are data', () => {
  test('every column is a feature, of its own type, and the lock keeps it', async () => {
    const { schema } = await readModelFolder(path.join(cwd, '.ciclo/model'));
    const types = new Map(featureColumns(schema).map(({ name, type }) => [name, type]));
    expect([...types.keys()].toSorted()).toEqual(names.toSorted());
    expect(names.map((name) => types.get(name))).toEqual(
      names.map((name) => (typeof rows[0]![name] === 'number' ? 'number' : 'category')),
    );
    expect(schema.classes).toEqual(classes);
    const lock = await readFile(path.join(cwd, 'ciclo.lock'), 'utf8');
    expect(await ciclo('prepare', '--quiet')).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(path.join(cwd, 'ciclo.lock'), 'utf8')).toBe(lock);
    expect(Object.keys(JSON.parse(lock).types)).toContain('__proto__');
  });

  test('predictions have a probability for each class', async () => {
    for (const { prediction, probabilities } of await predicted()) {
      expect(Object.keys(probabilities)).toEqual(classes);
      const best = Object.entries(probabilities).toSorted(([, a], [, b]) => b - a)[0]!;
      expect(prediction).toBe(best[0]);
    }
  });

  test('every protocol answers as the command line does', async () => {
    await using server = await modelServer();
    const expected = await predicted();
    const labels = expected.map(({ prediction }) => prediction);
    const columns = namedValues(names.map((name) => [name, records.map((record) => record[name]!)]));
    const tensors = names.map((name) => ({
      name,
      shape: [records.length],
      datatype: typeof records[0]![name] === 'number' ? 'FP64' : 'BYTES',
      data: columns[name],
    }));
    const answers = {
      plain: await server.post('/predict', records),
      'mlflow records': await server.post('/invocations', { dataframe_records: records }),
      'mlflow split': await server.post('/invocations', {
        dataframe_split: { columns: names, data: records.map((record) => names.map((name) => record[name])) },
      }),
      'mlflow inputs': await server.post('/invocations', { inputs: columns }),
      'open inference': await server.post('/v2/models/names/infer', { inputs: tensors }),
      'tensorflow rows': await server.post('/v1/models/names:predict', { instances: records }),
      'tensorflow columns': await server.post('/v1/models/names:predict', { inputs: columns }),
    };
    for (const [protocol, { status, text }] of Object.entries(answers)) {
      expect({ protocol, status, text: status === 200 ? '' : text }).toEqual({
        protocol,
        status: 200,
        text: '',
      });
    }
    for (const protocol of ['plain', 'mlflow records', 'mlflow split', 'mlflow inputs'] as const) {
      expect(answers[protocol].json.predictions, protocol).toEqual(labels);
    }
    expect(answers['open inference'].json.outputs[0].data).toEqual(labels);
    expect(
      answers['tensorflow rows'].json.predictions.map(({ prediction }: Predicted) => prediction),
    ).toEqual(labels);
    expect(answers['tensorflow columns'].json.outputs.prediction).toEqual(labels);
    expect(Object.keys(answers.plain.json.probabilities[0])).toEqual(classes);
    const { components } = (await server.get('/openapi.json')).json;
    expect(JSON.stringify(components)).toContain('"__proto__"');
  });

  test('the model goes into production, to a server and a page that answer as it does; then nothing drifts', async () => {
    expect(await ciclo('deploy', '--quiet')).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(path.join(cwd, '.ciclo/release/site/index.html'), 'utf8')).toContain('names');
    const check = await ciclo(
      'drift-check',
      '--reference',
      'data/rows.ndjson',
      '--current',
      'data/rows.ndjson',
      '--json',
    );
    expect(check).toMatchObject({ code: 0, stderr: '' });
    const { code } = await ciclo('drift-check', '--quiet');
    expect(code).toBe(0);
  }, 120_000);
});
