import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { IntegrityError } from '../../shared/platform/errors.ts';
import { prepare } from '../prepare/prepare.ts';
import { flipByte } from '../testing/flip-byte.ts';
import { housesConfig, housesCsv, housesFolder, trainedHouses } from '../testing/houses.ts';
import { pipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { train } from './train.ts';

describe('train', () => {
  test('writes a model that predicts, and says what it was made from', async () => {
    await using folder = await housesFolder();
    const dataset = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    const {
      folder: model,
      digest,
      fingerprint,
      report,
    } = await train({ pipeline: await folder.pipeline() }, quietPorts());
    expect((await readdir(model)).sort()).toEqual([
      'card.md',
      'manifest.json',
      'model.json',
      'profile.json',
      'recipe.json',
      'schema.json',
      'training.json',
      'weights.bin',
    ]);
    const read = await readModelFolder(model);
    expect(read.manifest).toMatchObject({
      digest,
      fingerprint,
      engine: 'ciclo/kernel',
      reproducible: true,
    });
    expect(read.manifest.inputs).toMatchObject({ dataset: dataset.digest });
    expect(read.manifest.split).toEqual({
      by: 'hash',
      seed: 1,
      key: ['id'],
      test: 0.2,
      validation: 0.2,
      hash: 2,
      unmoved: true,
    });
    expect(read.training).toEqual(report);
    const small = read.predictor.predictRecord({ size: 50, district: 'south', year: 2000 });
    const large = read.predictor.predictRecord({ size: 190, district: 'south', year: 2000 });
    expect('value' in small && 'value' in large && large.value - small.value).toBeCloseTo(3 * 140, -2);
  });

  test('gives the same bytes in another folder, whatever it is called', async () => {
    // Without a name the pipeline is called as its folder is, and each of these has a name of its own.
    await using one = await trainedHouses({ name: undefined });
    await using other = await trainedHouses({ name: undefined });
    const [first, second] = await Promise.all(
      [one, other].map((folder) => readFile(path.join(folder.path, '.ciclo/model/manifest.json'), 'utf8')),
    );
    const { pipeline } = JSON.parse(second!);
    expect(pipeline).not.toBe(JSON.parse(first!).pipeline);
    expect(JSON.parse(second!)).toEqual({ ...JSON.parse(first!), pipeline });
    expect(first).not.toContain(one.path);
  });

  test('does not read the test rows', async () => {
    await using folder = await housesFolder();
    const dataset = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    const before = await train({ pipeline: await folder.pipeline() }, quietPorts());
    await flipByte(path.join(dataset.folder, 'test.arrow'));
    expect((await train({ pipeline: await folder.pipeline() }, quietPorts())).digest).toBe(before.digest);
  });

  test('refuses training rows when one byte is not what was prepared', async () => {
    await using folder = await housesFolder();
    const dataset = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    const file = path.join(dataset.folder, 'train.arrow');
    await flipByte(file);
    await expect(train({ pipeline: await folder.pipeline() }, quietPorts())).rejects.toThrow(IntegrityError);
    await expect(train({ pipeline: await folder.pipeline() }, quietPorts())).rejects.toThrow(
      `${file} is not what its manifest says`,
    );
  });
});

describe('train refuses', () => {
  test('to begin without a dataset', async () => {
    await using folder = await housesFolder();
    const dataset = path.join(folder.path, '.ciclo', 'dataset');
    expect(await refusalOf(train({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      `there is no dataset at ${dataset}: run ciclo prepare first`,
    );
  });

  test('a dataset of another configuration', async () => {
    await using folder = await housesFolder();
    const { folder: dataset } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    await folder.write('ciclo.yml', housesConfig({ prepare: { exclude: ['dear', 'year'] } }));
    expect(await refusalOf(train({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      `the dataset in ${dataset} was prepared under another configuration than ciclo.yml says now: run ciclo prepare again`,
    );
  });

  test('a dataset of other data than the lock pins', async () => {
    await using folder = await housesFolder();
    const { folder: dataset } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    await using more = await housesFolder({}, housesCsv(220));
    await prepare({ pipeline: await more.pipeline() }, quietPorts());
    await folder.write('ciclo.lock', await readFile(more.lockFile, 'utf8'));
    expect(await refusalOf(train({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      `the dataset in ${dataset} was prepared from other data than ciclo.lock pins now: run ciclo prepare again`,
    );
  });

  test('a dataset that failed its quality checks, and repeats why', async () => {
    const csv = housesCsv().replaceAll(/^(\d*[02468],\d+),\d+/gm, '$1,');
    await using folder = await pipelineFolder(
      housesConfig({ prepare: { exclude: ['dear'], checks: { 'max-missing': '10%' } } }),
      { 'data/houses.csv': csv },
    );
    const { folder: dataset, quality } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    expect(quality.status).toBe('fail');
    const failed = quality.checks.filter(({ status }) => status === 'fail');
    expect(await refusalOf(train({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      [
        `the dataset in ${dataset} failed a quality check, so no model is trained on it:`,
        `  max-missing: ${failed[0]!.message}`,
        'fix the data, or change prepare.checks in ciclo.yml and run ciclo prepare again',
      ].join('\n'),
    );
  });
});
