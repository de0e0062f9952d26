import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { heldOut } from '../../shared/artifacts/folders/dataset-folder.ts';
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { type LocalScene, openLocalScene } from '../../shared/forge/testing/local-scene.ts';
import { readBundle } from '../../shared/release/bundle/bundle.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';
import { driftCheck } from '../drift-check/drift-check.ts';
import { readPrepared } from '../prepare/prepared-dataset.ts';
import { housesCsv } from '../testing/houses.ts';
import { type PipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { train } from '../train/train.ts';
import { validate } from '../validate/validate.ts';
import { productionChampion } from './champion.ts';
import type { DeployOutputs } from './deploy-outputs.ts';
import { deployHouses, judge, release } from './testing/houses-production.ts';
import { commandFiles, onnxHouses, randomName } from './testing/onnx-houses.ts';
import { verifyPortsOf } from './testing/verify-ports.ts';
import { verify } from './verify.ts';

const runtime = inject('onnxruntime');
const places = { folders: [runtime] };

describe('an ONNX model in production', () => {
  let scene: LocalScene;
  let folder: PipelineFolder;
  let deployed: DeployOutputs;
  beforeAll(async () => {
    scene = await openLocalScene();
    folder = await onnxHouses(runtime, {
      sections: {
        deploy: { targets: ['release', 'server', 'pages'] },
        monitor: { source: { type: 'file', path: 'live/*.csv' } },
      },
    });
    deployed = await release(folder, scene.forge, scene.mainCommit);
  });
  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
    await scene[Symbol.asyncDispose]();
  });

  async function releasedBundle() {
    const { releases } = scene.forge;
    const published = (await releases.published('houses@v1.0.0'))!;
    const asset = (await releases.assets(published.id)).find(({ name }) => name === 'houses-v1.0.0.zip')!;
    return readBundle(await releases.download(asset), asset.name);
  }

  test('is deployed, and its server answers as it was judged', async () => {
    expect(deployed).toMatchObject({ change: 'deployed', version: 'v1.0.0', reasons: [expect.any(String)] });
    const { files } = await releasedBundle();
    expect([...files.keys()]).toEqual(expect.arrayContaining(['engine.json', 'model.onnx']));
    expect(files.get('model.onnx')).toEqual(await readFile(path.join(folder.path, 'trained.onnx')));
  });

  test('has a server’s folder that says what it needs, and installs it in its image', async () => {
    const text = (name: string) => readFile(path.join(deployed.folders.server!, name), 'utf8');
    expect(JSON.parse(await text('package.json'))).toMatchObject({
      private: true,
      dependencies: { 'onnxruntime-node': '1.30.0' },
    });
    expect(await text('README.md')).toMatch(
      /npm install --omit=dev --ignore-scripts +# once: ONNX Runtime\n/,
    );
    expect(await text('Dockerfile')).toMatch(
      /\nCOPY package\.json \.\/\nRUN npm install --omit=dev --ignore-scripts .*\\\n/,
    );
  });

  test('has a page that says where it answers, and no form', async () => {
    const site = deployed.folders.pages!;
    const page = await readFile(path.join(site, 'houses/index.html'), 'utf8');
    expect(page).toContain('This model cannot be run on this page.');
    expect(page).toContain('POST /predict');
    expect(page).not.toMatch(/<form|<script/);
    expect(await readFile(path.join(site, 'houses/card.html'), 'utf8')).toContain('onnxruntime-node');
    expect(await readFile(path.join(site, 'houses/versions.html'), 'utf8')).toContain('v1.0.0');
  });

  test('predicts from the bundle what it predicts from the folder: three times the size', async () => {
    const { predictor } = await readModelFolder(`${folder.path}/.ciclo/model`, places);
    const released = await bundleReader(await releasedBundle()).predictor(places);
    const { splits } = heldOut(
      await readPrepared(await folder.pipeline(), `${folder.path}/.ciclo`, ['test']),
      'this test',
    );
    const { table } = splits.test;
    const sizes = table.columns.get('size')!;
    const expected = sizes.type === 'number' ? sizes.values.map((size) => 3 * size) : undefined;
    expect(await predictor.predictTable(table)).toEqual({ task: 'regression', predicted: expected });
    expect(await released.predictTable(table)).toEqual({ task: 'regression', predicted: expected });
  });

  test('has the importance of its features measured: all is in the size', async () => {
    const { training } = await readModelFolder(`${folder.path}/.ciclo/model`, places);
    const [first, ...others] = training.importance;
    expect(first).toMatchObject({ feature: 'size' });
    expect(first!.mean).toBeGreaterThan(50);
    expect(others.map(({ mean }) => mean)).toEqual(others.map(() => 0));
  });

  test('is the champion that the next model meets', async () => {
    const pipeline = await folder.pipeline();
    const champion = await productionChampion({ pipeline }, scene.forge);
    const { evaluation } = await validate({ pipeline, ...champion!.inputs }, quietPorts());
    expect(evaluation.champion).toMatchObject({ name: 'houses@v1.0.0', comparable: true });
  });

  test('is what a check of new rows asks for its predictions', async () => {
    await folder.write('live/new.csv', housesCsv(300).replaceAll('\n', '\nx').replace(/\nx$/, '\n'));
    const ports = { ...quietPorts(), forge: scene.forge };
    const { report } = await driftCheck({ pipeline: await folder.pipeline() }, ports);
    expect(report.prediction).toMatchObject({ kind: 'number', current: { rows: 300, missing: 0 } });
    expect(report.performance?.rows).toMatchObject({ current: 300 });
  });

  test('gives the same bytes when its command trains it again', async () => {
    const inputs = { pipeline: await folder.pipeline(), version: 'v1.0.0' };
    const outputs = await verify(inputs, verifyPortsOf(folder, scene.forge, commandFiles));
    expect(outputs.files.filter(({ outcome }) => outcome !== 'same')).toEqual([]);
    expect(outputs).toMatchObject({ same: true, repeats: true });
  });
});

test('a command that trains another model each time is told from a release that was swapped', async () => {
  await using scene = await openLocalScene();
  await using folder = await onnxHouses(runtime, { more: randomName });
  await release(folder, scene.forge, scene.mainCommit);
  const inputs = { pipeline: await folder.pipeline(), version: 'v1.0.0' };
  const outputs = await verify(inputs, verifyPortsOf(folder, scene.forge, commandFiles));
  expect(outputs).toMatchObject({ same: true, repeats: false });
  expect(outputs.files).toContainEqual({ name: 'model.onnx', outcome: 'not-compared' });
  expect(outputs.files).toContainEqual({ name: 'recipe.json', outcome: 'same' });
  expect(outputs.unchecked.join('\n')).toMatch(/the command trained two models from the same commit/);
  // A command that repeats and gives another model than the released one: that is no excuse.
  const { onnxFixture } = await import('../../shared/model/testing/onnx-models.ts');
  await folder.write(
    'train.mjs',
    (await readFile(path.join(folder.path, 'train.mjs'), 'utf8')).replace(randomName, ''),
  );
  await folder.write('trained.onnx', onnxFixture('thrice-size'));
  const swapped = await verify(inputs, verifyPortsOf(folder, scene.forge, commandFiles));
  expect(swapped).toMatchObject({ same: false, repeats: true });
  expect(swapped.files).toContainEqual({ name: 'model.onnx', outcome: 'different' });
});

test('predictions alone are judged, and never deployed', async () => {
  await using scene = await openLocalScene();
  await using folder = await onnxHouses(undefined, { predictionsOnly: true });
  await judge(folder, scene.forge);
  const { evaluation } = await validate({ pipeline: await folder.pipeline() }, quietPorts());
  expect(evaluation.verdict).toBe('pass');
  expect(evaluation.metrics.find(({ name }) => name === 'rmse')!.value).toBeGreaterThan(10);
  expect(await refusalOf(deployHouses(folder, scene.forge, scene.mainCommit))).toMatch(
    /^nothing is deployed, since the model in .* is predictions alone: .* Let the command write model\.onnx/,
  );
  expect(await readFile(`${folder.path}/.ciclo/model/card.md`, 'utf8')).toMatch(
    /predictions of the validation and the test rows alone: it can be judged/,
  );
});

test('a model that has no answer to some rows is not judged', async () => {
  await using scene = await openLocalScene();
  await using folder = await onnxHouses(runtime, {
    model: 'nan-of-size',
    candidate: { 'max-disagreement': '100%' },
  });
  expect(await refusalOf(judge(folder, scene.forge))).toMatch(
    /^train\.candidates: other answers row 0 with NaN, which is not a finite number/,
  );
});

describe('a machine without the runtime', () => {
  test('is told what to run, and where', async () => {
    await using scene = await openLocalScene();
    await using folder = await onnxHouses(undefined);
    const message = await refusalOf(judge(folder, scene.forge));
    expect(message).toContain('which onnxruntime-node runs, and that is not installed');
    expect(message).toContain(`run "npm install --ignore-scripts onnxruntime-node@1.30.0" in ${folder.path}`);
  });

  test('in a job gets it when an ONNX model is to be run, not before', async () => {
    await using scene = await openLocalScene();
    await using folder = await onnxHouses(undefined);
    await refusalOf(judge(folder, scene.forge));
    let asked = 0;
    const installOnnxRuntime = async (): Promise<string> => {
      asked++;
      return runtime;
    };
    const pipeline = await folder.pipeline();
    const { report } = await train({ pipeline }, { ...quietPorts(), installOnnxRuntime });
    expect(report.chosen).toBe('other');
    expect(asked).toBeGreaterThan(0);
  });
});
