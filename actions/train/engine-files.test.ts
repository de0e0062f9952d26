import { expect, test } from 'vitest';
import { pipelineFolder } from '../testing/pipeline-folder.ts';
import { engineFilesOf } from './engine-files.ts';

const config = (backend: string): string =>
  `task: regression\ntarget: y\ndata: { source: { type: file, path: rows.csv } }\ntrain: { backend: ${backend} }\n`;
const installed = { 'node_modules/@tensorflow/tfjs-node/index.js': '' };

test('the native library is taken from where ciclo.yml is, wherever Ciclo itself is installed', async () => {
  await using folder = await pipelineFolder(config('node'), installed);
  const { loaded } = await folder.pipeline();
  expect(await engineFilesOf(loaded, {})).toEqual({ native: folder.path });
});

test('other engines need no files, and what a port has installed comes first', async () => {
  await using folder = await pipelineFolder(config('kernel'), installed);
  const { loaded } = await folder.pipeline();
  expect(await engineFilesOf(loaded, {})).toEqual({});
  const engineFiles = async () => ({ native: 'elsewhere' });
  expect(await engineFilesOf(loaded, { engineFiles })).toEqual({ native: 'elsewhere' });
});
