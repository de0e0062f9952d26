import { describe, expect, test } from 'vitest';
import { prepareDataset } from '../../../shared/dataset/prepare-dataset.ts';
import { collect } from '../../prepare/collect.ts';
import { pipelineFolder, quietPorts } from '../../testing/pipeline-folder.ts';
import { referenceOf } from './reference.ts';

const config = (folds: string): string =>
  `task: regression\ntarget: y\ndata: { source: { type: file, path: rows.csv }, key: id }\nsplit: { folds: ${folds} }\n`;
const rows = Array.from({ length: 300 }, (_, i) => `${i},${(i * 7) % 11},${((i * 7) % 11) + ((i * 5) % 13)}`);

async function referenceUnder(folds: string) {
  await using folder = await pipelineFolder(config(folds), { 'rows.csv': `id,x,y\n${rows.join('\n')}\n` });
  const ports = quietPorts();
  const pipeline = await folder.pipeline();
  const source = await collect(pipeline, ports);
  const { lock } = prepareDataset({ source, config: pipeline.loaded.config }, ports);
  return (await referenceOf({ ...pipeline, lock }, { source, forge: undefined }, ports))!;
}

describe('the reference of a drift check', () => {
  test('is all locked rows where they are in folds, none of which the model has not seen', async () => {
    const reference = await referenceUnder('5');
    expect(reference.profile.rows).toBe(300);
    expect(reference.rows?.train.rows).toBe(300);
    expect(reference.rows).not.toHaveProperty('test');
  });

  test('is the training rows where there are test rows', async () => {
    const reference = await referenceUnder('off');
    expect(reference.profile.rows).toBe(reference.rows!.train.rows);
    expect(reference.rows!.train.rows).toBeLessThan(220);
    expect(reference.rows!.test!.rows).toBeGreaterThan(30);
  });
});
