import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSnapshot } from '../source/snapshot.ts';
import { temporaryBeside } from './unfinished.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo ignored '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('what is first written below .ciclo makes git ignore all of it', async () => {
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  const temporary = temporaryBeside(path.join(folder, '.ciclo', 'forge', 'releases'), 'file');
  await mkdir(path.dirname(temporary), { recursive: true });
  await writeFile(temporary, 'anything');
  expect(await readFile(path.join(folder, '.ciclo', '.gitignore'), 'utf8')).toBe('*\n');
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' })).toBe('');
});

test('a snapshot of what an API answered is ignored, too', async () => {
  const column = { type: 'number', values: Float64Array.of(1, 2) } as const;
  const table = { rows: 2, columns: new Map([['a', column]]) };
  const parts = [{ name: 'page 1', digest: `sha256:${'0'.repeat(64)}`, firstRow: 0, rows: 2 }];
  await writeSnapshot(path.join(folder, '.ciclo', 'snapshots'), { table, parts });
  expect((await readdir(path.join(folder, '.ciclo'))).sort()).toEqual(['.gitignore', 'snapshots']);
});

test('a folder that is there already stays as it is', async () => {
  await mkdir(path.join(folder, '.ciclo', 'model'), { recursive: true });
  temporaryBeside(path.join(folder, '.ciclo'), 'model');
  expect(await readdir(path.join(folder, '.ciclo'))).toEqual(['model']);
});

test('a folder of another name, such as that of --output, gets no file', async () => {
  temporaryBeside(path.join(folder, 'results'), 'model');
  expect(await readdir(folder)).toEqual([]);
});
