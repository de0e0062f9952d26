import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeServerScript } from './server-script.ts';

const largest = 3_750_000;

test('the server of a release is the same however its root is named, with all licences, and not too large', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-script-'));
  try {
    const made: string[][] = [];
    for (const root of ['.', process.cwd()]) {
      await writeServerScript(root, folder);
      made.push(
        await Promise.all(
          ['server.mjs', 'server-licenses.txt'].map((name) => readFile(path.join(folder, name), 'utf8')),
        ),
      );
    }
    expect(made[0]).toEqual(made[1]);
    const [script, licences] = made[0]!;
    expect(Buffer.byteLength(script!)).toBeLessThan(largest);
    for (const name of ['fastify', 'zod', 'commander', 'yauzl', 'ajv']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+`, 'm'));
    }
    // TensorFlow has no place in what only predicts.
    expect(script).not.toContain('node_modules/@tensorflow');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
