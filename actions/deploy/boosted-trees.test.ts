import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldOut } from '../../shared/artifacts/folders/dataset-folder.ts';
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { rowAt } from '../../shared/dataset/table/table.ts';
import { type LocalScene, openLocalScene } from '../../shared/forge/testing/local-scene.ts';
import { readBundle } from '../../shared/release/bundle/bundle.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';
import { readPrepared } from '../prepare/prepared-dataset.ts';
import type { PipelineFolder } from '../testing/pipeline-folder.ts';
import { productionChampion } from './champion.ts';
import type { DeployOutputs } from './deploy-outputs.ts';
import { housesOf, release } from './testing/houses-production.ts';
import { verifyPortsOf } from './testing/verify-ports.ts';
import { verify } from './verify.ts';

describe('boosted trees in production', () => {
  let scene: LocalScene;
  let folder: PipelineFolder;
  let deployed: DeployOutputs;
  beforeAll(async () => {
    scene = await openLocalScene();
    folder = await housesOf({
      train: { candidates: [{ type: 'boosted-trees', rounds: 40, 'min-rows': 5 }] },
      deploy: { targets: ['release', 'server', 'pages'] },
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

  test('are deployed: release, server and pages, each with its own files', async () => {
    expect(deployed).toMatchObject({ change: 'deployed', version: 'v1.0.0' });
    const { files } = await releasedBundle();
    expect([...files.keys()]).toEqual(expect.arrayContaining(['engine.json', 'trees.bin', 'trees.json']));
    expect([...files.keys()]).not.toContain('model.json');
  });

  test('predict from the bundle what they predict from the folder, to the bit', async () => {
    const { predictor } = await readModelFolder(`${folder.path}/.ciclo/model`);
    const released = await bundleReader(await releasedBundle()).predictor();
    const { splits } = heldOut(
      await readPrepared(await folder.pipeline(), `${folder.path}/.ciclo`, ['test']),
      'this test',
    );
    const { table } = splits.test;
    expect(released.predictTable(table)).toEqual(predictor.predictTable(table));
    const answers = await predictor.predictTable(table);
    if (answers.task !== 'regression') throw new TypeError('houses are a regression');
    for (let row = 0; row < table.rows; row++) {
      expect(released.predictRecord(rowAt(table, row))).toEqual({ value: answers.predicted[row] });
    }
    expect(new Set(answers.predicted).size).toBeGreaterThan(10);
  });

  test('are the champion that the next model meets', async () => {
    const champion = await productionChampion({ pipeline: await folder.pipeline() }, scene.forge);
    expect(champion!.inputs.champion).toBeDefined();
  });

  test('give the same bytes when they are trained again', async () => {
    const inputs = { pipeline: await folder.pipeline(), version: 'v1.0.0' };
    const { same, files } = await verify(inputs, verifyPortsOf(folder, scene.forge));
    expect(files.filter(({ outcome }) => outcome !== 'same')).toEqual([]);
    expect(same).toBe(true);
  });
});
