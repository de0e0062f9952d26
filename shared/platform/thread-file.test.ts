import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { threadFile } from './thread-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo thread '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (...names: string[]) => pathToFileURL(path.join(folder, ...names)).href;

test('a thread starts with the source where sources run, however far away it lies', async () => {
  await mkdir(path.join(folder, 'verbs'));
  await writeFile(path.join(folder, 'verbs', 'worker.ts'), '');
  expect(threadFile('../verbs/worker', at('cli', 'session.ts')).href).toBe(at('verbs', 'worker.ts'));
});

test('a thread of a bundle starts with the file beside the one that starts it', () => {
  expect(threadFile('../../verbs/worker', at('dist', 'chunk-A.js')).href).toBe(at('dist', 'worker.js'));
});
