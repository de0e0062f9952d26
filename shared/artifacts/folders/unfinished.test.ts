import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { textOf } from './result-files.ts';
import { readFolder, writeFolder } from './run-folder.ts';
import { discardUnfinished } from './unfinished.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'ciclo unfinished '));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function leave(name: string): Promise<void> {
  await mkdir(path.join(directory, name));
  await writeFile(path.join(directory, name, 'weights.bin'), 'half');
}

test('what an interrupted write left is removed; results and foreign files stay', async () => {
  await leave('.model-0123456789ab.tmp');
  await leave('.dataset-0123456789ab.tmp.old');
  await leave('dataset');
  await leave('snapshots');
  await leave('.model-notes.tmp');
  discardUnfinished(directory);
  expect((await readdir(directory)).sort()).toEqual(['.model-notes.tmp', 'dataset', 'snapshots']);
});

test('a former result that had stepped aside comes back when the new one did not arrive', async () => {
  const head = {
    kind: 'model' as const,
    pipeline: 'fuel',
    fingerprint: sha256('f'),
    inputs: {},
    versions: {},
  };
  const card = new TextEncoder().encode('# Fuel\n');
  const { folder } = await writeFolder(directory, head, new Map([['card.md', card]]));
  const { rename } = await import('node:fs/promises');
  await rename(folder, path.join(directory, '.model-0123456789ab.tmp.old'));
  await leave('.model-0123456789ab.tmp');
  discardUnfinished(directory);
  expect(await readdir(directory)).toEqual(['model']);
  expect(textOf(await readFolder(folder, 'model'), 'card.md')).toBe('# Fuel\n');
});

test('a run directory that is not there needs nothing', () => {
  expect(() => discardUnfinished(path.join(directory, 'none'))).not.toThrow();
});
