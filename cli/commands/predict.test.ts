import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { predictJsonSchema } from '../json/json-output.ts';
import { runInMemory } from '../testing/test-io.ts';

let cwd: string;

/** Flowers of three kinds that differ in two lengths; one length is missing now and then. */
function flowersCsv(): string {
  const kinds = ['iris', 'lily', 'rose, wild'];
  const rows = Array.from({ length: 240 }, (_, i) => {
    const kind = i % 3;
    const petal = kind * 2 + ((i * 37) % 100) / 60;
    const stem = i % 17 === 0 ? '' : String(10 + kind + ((i * 53) % 100) / 40);
    return `${i},${petal},${stem},${i % 2 === 0 ? 'true' : 'false'},"${kinds[kind]}"`;
  });
  return `id,petal,stem,wet,kind\n${rows.join('\n')}\n`;
}

beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'ciclo predict '));
  await mkdir(path.join(cwd, 'data'));
  await writeFile(path.join(cwd, 'data', 'flowers.csv'), flowersCsv());
  await writeFile(
    path.join(cwd, 'ciclo.yml'),
    `task: multiclass
target: kind
data:
  source: { type: file, path: data/*.csv }
  key: id
prepare:
  exclude: [id]
train:
  candidates: [{ type: linear }]
`,
  );
  for (const command of ['prepare', 'train']) {
    const { code, stderr } = await runInMemory([command, '--quiet'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  }
});
afterAll(async () => {
  await rm(cwd, { recursive: true, force: true });
});

test('reads Arrow and Parquet files as it reads CSV', async () => {
  // The truth is stored as 0 and 1.
  const fixture = new URL('../records/fixtures/flowers.json', import.meta.url);
  const files: { parquet: string; arrow: string } = JSON.parse(await readFile(fixture, 'utf8'));
  await writeFile(path.join(cwd, 'rows.arrow'), Buffer.from(files.arrow, 'base64'));
  await writeFile(path.join(cwd, 'rows.parquet'), Buffer.from(files.parquet, 'base64'));
  await writeFile(path.join(cwd, 'rows.csv'), 'petal,stem,wet\n4.5,13,true\n0.2,,false\n');
  const csv = await predict(['rows.csv']);
  expect(csv).toMatchObject({ code: 0, stderr: '' });
  expect(await predict(['rows.arrow'])).toEqual(csv);
  expect(await predict(['rows.parquet'])).toEqual(csv);
  const lines = await predict(['rows.parquet', '--to', 'ndjson']);
  expect(
    lines.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).prediction),
  ).toHaveLength(2);
});

test('Parquet is asked for by name', async () => {
  const { code, stderr } = await predict(['--format', 'parquet'], 'PAR1');
  expect(code).toBe(2);
  expect(stderr).toContain('stdin: Parquet is not read from a stream; give the file');
});

const flower = { petal: 4.5, stem: 13, wet: true };
const predict = (argv: readonly string[], stdin: string | readonly string[] = '') =>
  runInMemory(['predict', ...argv], { cwd, stdin });

describe('ciclo predict', () => {
  test('gives a class and the probability of each, as the predictor has them', async () => {
    const { code, stdout, stderr } = await predict(
      [],
      JSON.stringify([flower, { ...flower, petal: 0.2, stem: null }]),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const predictions = JSON.parse(stdout);
    expect(predictions.map((p: { prediction: string }) => p.prediction)).toEqual(['rose, wild', 'iris']);
    const { predictor } = await readModelFolder(path.join(cwd, '.ciclo', 'model'));
    const expected = predictor.predictRecord(flower);
    if (!('probabilities' in expected)) throw new TypeError('a classifier gives probabilities');
    for (const [label, probability] of Object.entries(expected.probabilities)) {
      expect(predictions[0].probabilities[label]).toBeCloseTo(probability, 6);
    }
  });

  test('CSV in, CSV out: texts become what the schema says, columns that it does not use are passed over', async () => {
    const csv = 'wet,petal,stem,kind,id\ntrue,4.5,13,,7\nFALSE,0.2,NA,iris,8\n';
    const { code, stdout, stderr } = await predict([], csv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [head, first, second] = stdout.split('\n');
    expect(head).toBe('prediction,p_iris,p_lily,"p_rose, wild"');
    expect(first).toMatch(/^"rose, wild",[\d.e-]+,[\d.e-]+,[\d.e-]+$/);
    expect(second).toMatch(/^iris,/);
    const json = JSON.parse((await predict(['--to', 'json'], csv)).stdout);
    expect(first).toBe(`"rose, wild",${Object.values(json[0].probabilities).join(',')}`);
  });

  test('a packed file, a file by its name, and - for stdin', async () => {
    const line = `${JSON.stringify(flower)}\n`;
    await writeFile(path.join(cwd, 'flowers.ndjson.gz'), gzipSync(line));
    const fromFile = await predict(['flowers.ndjson.gz']);
    expect(fromFile).toMatchObject({ code: 0, stderr: '' });
    expect(await predict(['-'], line)).toEqual(fromFile);
    expect(await predict(['-', '--format', 'ndjson', '--to', 'ndjson'], line)).toEqual(fromFile);
    expect((await predict(['no.csv'])).stderr).toMatch(/^error: cannot read no\.csv: /);
    expect((await predict(['flowers.dat'])).stderr).toMatch(/^error: cannot tell the format of flowers\.dat/);
  });

  test('every problem of a batch is listed, up to twenty, and nothing is written', async () => {
    const wrong = Array.from({ length: 30 }, () => ({ petal: 'long', wet: 'yes' }));
    const { code, stdout, stderr } = await predict([], JSON.stringify([flower, ...wrong]));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toBe('error: the records do not fit the model:');
    expect(lines[1]).toMatch(/^ {2}record 2, petal: "long" is a text; write a number/);
    expect(lines).toHaveLength(1 + 20 + 1 + 1);
    expect(lines.at(-2)).toBe('  and 70 more among records 1 to 31');
    expect(lines.at(-1)).toBe('correct them, or add --skip-invalid to predict the others');
  });

  test('a later batch that is wrong says how many were predicted before it', async () => {
    const good = `${JSON.stringify(flower)}\n`;
    const { code, stdout, stderr } = await predict([], [good.repeat(4096), '7\n', good]);
    expect(code).toBe(2);
    expect(stdout.split('\n')).toHaveLength(4097);
    expect(stderr).toMatch(
      /^error: the records do not fit the model \(the 4096 before record 4097 were predicted\):\n {2}record 4097: 7 is not an object; write /,
    );
  });

  test('--skip-invalid keeps the place of what cannot be predicted', async () => {
    const stdin = JSON.stringify([{ ...flower, petal: 'long' }, flower]);
    const { code, stdout, stderr } = await predict(['--skip-invalid'], stdin);
    expect(code).toBe(0);
    const [skipped, made] = JSON.parse(stdout);
    expect(skipped.prediction).toBeNull();
    expect(skipped.problems[0]).toMatch(/^record 1, petal: "long" is a text/);
    expect(made.prediction).toBe('rose, wild');
    expect(stderr).toBe('warning: 1 record was not predicted\n');
    const object = predictJsonSchema.parse(
      JSON.parse((await predict(['--skip-invalid', '--json'], stdin)).stdout),
    );
    expect(object).toMatchObject({ rows: 2, skipped: 1, model: { task: 'multiclass', target: 'kind' } });
  });

  test('unusual values are warned of, ten at most', async () => {
    const many = Array.from({ length: 25 }, () => ({ ...flower, petal: 1000 }));
    const { code, stderr } = await predict([], JSON.stringify(many));
    expect(code).toBe(0);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]).toMatch(/^warning: record 1, petal: 1000 is outside the typical training range, /);
    expect(lines.at(-1)).toBe('warning: and 15 more such warnings');
  });

  test('a missing value is warned of where training had none', async () => {
    const records = [
      { ...flower, stem: null },
      { ...flower, petal: null, wet: null },
    ];
    const lacking = (field: string) =>
      `record 2, ${field}: no value is given, which occurred in training rarely or never: the model has not learnt what that means`;
    const { code, stdout, stderr } = await predict([], JSON.stringify(records));
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `warning: ${lacking('petal')}\nwarning: ${lacking('wet')}\n`,
    });
    expect(JSON.parse(stdout)).toHaveLength(2);
    const asJson = await predict(['--json'], JSON.stringify(records));
    expect(asJson.stderr).toContain(lacking('petal'));
  });

  test('no records give no predictions', async () => {
    expect(await predict([], '[]')).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
    expect(await predict([], 'petal,stem,wet\n')).toMatchObject({
      code: 0,
      stdout: 'prediction,p_iris,p_lily,"p_rose, wild"\n',
    });
  });
});

test('reads CSV as training read it: what means missing, and spaces around texts', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'ciclo markers '));
  // None is a kind of its own here, and a dash is no value.
  const kinds = { None: 9, '-': 2, wide: 5 };
  const rows = Array.from({ length: 300 }, (_, i) => {
    const kind = Object.keys(kinds)[i % 3] as keyof typeof kinds;
    return `${i},${kind},${kinds[kind] + ((i * 37) % 100) / 100}`;
  });
  await writeFile(path.join(home, 'rows.csv'), `id,kind,y\n${rows.join('\n')}\n`);
  const config = (spaces: string) => `task: regression
target: y
data: { source: { type: file, path: rows.csv }, key: id }
prepare: { missing-markers: { add: ['-'], except: ['None'] }${spaces} }
train: { candidates: [{ type: linear }] }
`;
  const predictions = async (records: string, file: string): Promise<number[]> => {
    await writeFile(path.join(home, file), records);
    const { stdout } = await runInMemory(['predict', file, '--to', 'json'], { cwd: home });
    return JSON.parse(stdout).map(({ prediction }: { prediction: number }) => prediction);
  };
  for (const spaces of ['', ', trim: false']) {
    await writeFile(path.join(home, 'ciclo.yml'), config(spaces));
    for (const command of ['prepare', 'train']) {
      const { code, stderr } = await runInMemory([command, '--quiet'], { cwd: home });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
    const [none, dash, wide] = await predictions('kind\nNone\n-\nwide\n', 'some.csv');
    expect(none).toBeCloseTo(9.5, 1);
    expect(dash).toBeCloseTo(2.5, 1);
    const json = '[{"kind":"None"},{"kind":null},{"kind":"wide"},{"kind":" wide "}]';
    const [first, second, third, spaced] = await predictions(json, 'some.json');
    expect([first, second, third]).toEqual([none, dash, wide]);
    if (spaces === '') expect(spaced).toBe(wide);
    else expect(spaced).not.toBeCloseTo(wide!, 1);
  }
  await rm(home, { recursive: true, force: true });
});

test('reads a number of CSV as training read its column, whatever stands beside it', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'ciclo notation '));
  const written = (value: number): string => value.toLocaleString('de-DE', { minimumFractionDigits: 2 });
  const rows = Array.from({ length: 300 }, (_, i) => {
    const x = ((i * 7919) % 300_000) / 100;
    return `${i};${written(x)};${written(2 * x)}`;
  });
  await writeFile(path.join(home, 'rows.csv'), `id;x;y\n${rows.join('\n')}\n`);
  for (const marks of ['', ', decimal: ",", thousands: "."']) {
    await writeFile(
      path.join(home, 'ciclo.yml'),
      `task: regression
target: y
data: { source: { type: file, path: rows.csv${marks} }, key: id }
train: { candidates: [{ type: linear }] }
`,
    );
    await rm(path.join(home, 'ciclo.lock'), { force: true });
    for (const command of ['prepare', 'train']) {
      const { code, stderr } = await runInMemory([command, '--quiet'], { cwd: home });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
    const predictions = async (file: string, records: string): Promise<number[]> => {
      await writeFile(path.join(home, file), records);
      const { stdout } = await runInMemory(['predict', file, '--to', 'json'], { cwd: home });
      return JSON.parse(stdout).map(({ prediction }: { prediction: number }) => prediction);
    };
    const [number] = await predictions('number.json', '[{"x":1250}]');
    expect(number).toBeCloseTo(2500, -2);
    expect(await predictions('alone.csv', 'id;x\n1;1.250\n')).toEqual([number]);
    const [first] = await predictions('beside.csv', 'id;x\n1;1.250\n2;1.250,5\n');
    expect(first).toBe(number);
  }
  await rm(home, { recursive: true, force: true });
});
