import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import type { ArtifactStore } from '../store/artifact-store.ts';
import { ArtifactExistsError } from '../store/artifact-upload.ts';
import { createFolderArtifactStore } from './artifact-folder-store.ts';

let directory: string;
let store: ArtifactStore;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'ciclo folder store '));
  store = createFolderArtifactStore(path.join(directory, 'store'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function upload(name: string, files: Readonly<Record<string, string>> = { 'a.json': '{}' }) {
  const folder = await mkdtemp(path.join(directory, 'up '));
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
  return store.upload(name, folder, Object.keys(files), {});
}

describe('the artifact store on a folder', () => {
  test('is empty before the first artifact', async () => {
    expect(await store.list('')).toEqual([]);
    await store.delete('none');
  });

  test('keeps the listed files and gives them back', async () => {
    const kept = await upload('ciclo-a', { 'a.json': '{}', 'b.bin': 'bytes' });
    expect(kept).toMatchObject({ id: 1, name: 'ciclo-a', size: 7 });
    const folder = await mkdtemp(path.join(directory, 'down '));
    await store.download(kept, folder);
    expect((await readdir(folder)).sort()).toEqual(['a.json', 'b.bin']);
    expect(await readFile(path.join(folder, 'b.bin'), 'utf8')).toBe('bytes');
  });

  test('lists what begins so, the newest first', async () => {
    for (const name of ['ciclo-b', 'dist', 'ciclo-a']) await upload(name);
    expect((await store.list('ciclo-')).map(({ name }) => name)).toEqual(['ciclo-a', 'ciclo-b']);
  });

  test('gives every artifact an id of its own, though many come at once, and one of a name wins', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `ciclo-${i}`);
    const made = await Promise.all(names.map((name) => upload(name)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(8);
    const same = await Promise.allSettled(names.map(() => upload('same')));
    expect(same.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const lost = same.find((one) => one.status === 'rejected');
    expect(lost?.reason).toBeInstanceOf(ArtifactExistsError);
    expect((await readdir(path.join(directory, 'store'))).filter((name) => name.endsWith('.tmp'))).toEqual(
      [],
    );
  });

  test('an upload that fails leaves nothing', async () => {
    const folder = await mkdtemp(path.join(directory, 'up '));
    await expect(store.upload('ciclo-a', folder, ['missing'], {})).rejects.toThrow(/ENOENT/);
    expect(await store.list('')).toEqual([]);
    expect(await readdir(path.join(directory, 'store'))).toEqual(['.ids']);
  });

  test('refuses changed bytes, a changed statement, and a record that describes nothing', async () => {
    const kept = await upload('ciclo-a', { 'a.json': '{}' });
    const file = path.join(directory, 'store', 'ciclo-a', 'files', 'a.json');
    const folder = await mkdtemp(path.join(directory, 'down '));
    await writeFile(file, '[]');
    await expect(store.download(kept, folder)).rejects.toThrow(IntegrityError);
    await writeFile(file, '{}');
    await store.download(kept, folder);
    await writeFile(path.join(directory, 'store', 'ciclo-a', 'artifact.json'), '{"files":["../a"]}');
    await expect(store.list('')).rejects.toThrow(/artifact\.json does not describe an artifact/);
  });

  test('checks the retention though nothing expires by itself', async () => {
    await mkdir(path.join(directory, 'x'));
    await expect(store.upload('a', path.join(directory, 'x'), [], { retentionDays: 400 })).rejects.toThrow(
      ConfigurationError,
    );
  });
});
