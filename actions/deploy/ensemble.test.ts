import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { type DatasetSchema, featureColumns } from '../../shared/dataset/schema/schema.ts';
import { rowAt, type Table } from '../../shared/dataset/table/table.ts';
import { type LocalScene, openLocalScene } from '../../shared/forge/testing/local-scene.ts';
import { readBundle } from '../../shared/release/bundle/bundle.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';
import type { SmokeExample } from '../../shared/release/bundle/smoke.ts';
import { prepare } from '../prepare/prepare.ts';
import { readPrepared } from '../prepare/prepared-dataset.ts';
import { type PipelineFolder, pipelineFolder, quietPorts } from '../testing/pipeline-folder.ts';
import { train } from '../train/train.ts';
import { validate } from '../validate/validate.ts';
import { productionChampion } from './champion.ts';
import type { DeployOutputs } from './deploy-outputs.ts';
import { answersOfPage } from './targets/page-answers.ts';
import { askServer } from './targets/server-process.ts';
import { writeEnsemble } from './testing/ensemble-houses.ts';
import { deployHouses } from './testing/houses-production.ts';

const vega = (file: string) => new URL(`../../node_modules/vega-datasets/data/${file}`, import.meta.url);

/** Tables that nobody made for a test: numbers, categories, missing values. */
const tables = {
  regression: {
    file: 'cars.json',
    target: 'Horsepower',
    exclude: ['Name'],
    gate: { metric: 'rmse', max: 1000 },
  },
  binary: { file: 'penguins.json', target: 'Sex', exclude: [], gate: { metric: 'log-loss', max: 10 } },
  multiclass: {
    file: 'penguins.json',
    target: 'Species',
    exclude: [],
    gate: { metric: 'log-loss', max: 10 },
  },
} as const;

async function rowsOf({ file, target }: (typeof tables)[keyof typeof tables]): Promise<object[]> {
  const rows: Record<string, unknown>[] = JSON.parse(await readFile(vega(file), 'utf8'));
  // One penguin's sex is ".".
  const known = rows.filter((row) => row[target] !== null && row[target] !== '.');
  return known.map((row, id) => ({ id, ...row }));
}

describe.each(Object.keys(tables) as (keyof typeof tables)[])('a blend in production, %s', (task) => {
  let scene: LocalScene;
  let folder: PipelineFolder;
  let deployed: DeployOutputs;
  let table: Table;
  let schema: DatasetSchema;
  beforeAll(async () => {
    scene = await openLocalScene();
    const { target, exclude, gate } = tables[task];
    const config = {
      ...{ name: 'blend', task, target },
      data: { source: { type: 'file', path: 'data/rows.json' }, key: 'id' },
      prepare: { exclude },
      split: { test: '20%', validation: '20%' },
      train: { candidates: [{ type: 'linear' }], importance: { repeats: 1 } },
      validate: { bootstrap: { resamples: 100 }, gates: [gate] },
      deploy: { targets: ['release', 'server', 'pages'] },
    };
    folder = await pipelineFolder(stringify(config), {
      'data/rows.json': JSON.stringify(await rowsOf(tables[task])),
    });
    const { pipeline } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    await train({ pipeline }, quietPorts());
    await writeEnsemble(pipeline, `${folder.path}/.ciclo`);
    const champion = await productionChampion({ pipeline }, scene.forge);
    await validate({ pipeline, ...champion?.inputs }, quietPorts());
    deployed = await deployHouses(folder, scene.forge, scene.mainCommit);
    const dataset = await readPrepared(pipeline, `${folder.path}/.ciclo`, ['test']);
    if (dataset.kind === 'folds') throw new TypeError('the rows are in folds, and sides were asked for');
    schema = dataset.schema;
    table = dataset.splits.test.table;
  });
  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
    await scene[Symbol.asyncDispose]();
  });

  async function releasedBundle() {
    const { releases } = scene.forge;
    const published = (await releases.published('blend@v1.0.0'))!;
    const asset = (await releases.assets(published.id)).find(({ name }) => name === 'blend-v1.0.0.zip')!;
    return readBundle(await releases.download(asset), asset.name);
  }

  /** What the model's folder says of each row of the test split. */
  async function expectedAnswers() {
    const { predictor } = await readModelFolder(`${folder.path}/.ciclo/model`);
    return Promise.all(
      Array.from({ length: table.rows }, (_, row) => predictor.predictRecord(rowAt(table, row))),
    );
  }

  /** The rows as JSON has them. */
  const records = () => Array.from({ length: table.rows }, (_, row) => recordAt(table, row, schema));

  test('is deployed: release, server and pages, and each answered the examples', async () => {
    expect(deployed).toMatchObject({ change: 'deployed', version: 'v1.0.0' });
    const { files } = await releasedBundle();
    const engine = JSON.parse(new TextDecoder().decode(files.get('engine.json')));
    expect(engine.kind).toBe('ensemble');
    expect(engine.files).toEqual([
      'ensemble.json',
      'part-1-1.model.json',
      'part-1-1.weights.bin',
      ...[1, 2, 3].flatMap((seed) => [`part-2-${seed}.model.json`, `part-2-${seed}.weights.bin`]),
      ...['part-3-1.trees.bin', 'part-3-1.trees.json', 'part-3-2.trees.bin', 'part-3-2.trees.json'],
      ...['recipe-1.json', 'recipe-2.json'],
    ]);
  });

  test('predicts from the bundle, of a table and of records, what its folder says, to the bit', async () => {
    const { predictor } = await readModelFolder(`${folder.path}/.ciclo/model`);
    const released = await bundleReader(await releasedBundle()).predictor();
    const answers = await predictor.predictTable(table);
    expect(await released.predictTable(table)).toEqual(answers);
    const expected = await expectedAnswers();
    for (let row = 0; row < table.rows; row++) {
      expect(await released.predictRecord(rowAt(table, row))).toEqual(expected[row]);
      if (answers.task === 'regression') expect(expected[row]).toEqual({ value: answers.predicted[row] });
    }
    expect(new Set(expected.map((answer) => JSON.stringify(answer))).size).toBeGreaterThan(10);
  });

  test('answers in its server’s process what its folder says, to the bit', async () => {
    const asked = await askServer(deployed.folders.server!, records());
    if ('failure' in asked) throw new Error(asked.failure);
    const expected = await expectedAnswers();
    expect(asked.answers).toEqual(expected);
  });

  test('answers on its page what its folder says, to the bit', async () => {
    const page = await readFile(path.join(deployed.folders.pages!, 'blend/index.html'), 'utf8');
    expect(answersOfPage(page, records(), 20_000)).toEqual(await expectedAnswers());
  });
});

/** A row as who asks writes it: its features. */
function recordAt(table: Table, row: number, schema: DatasetSchema): SmokeExample['record'] {
  const values = rowAt(table, row);
  return Object.fromEntries(
    featureColumns(schema).map(({ name, type }) => {
      const value = values[name]!;
      return [name, type === 'date' && typeof value === 'number' ? new Date(value).toISOString() : value];
    }),
  );
}
