import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { temporaryName } from '../../platform/temporary-name.ts';
import { discardUnfinished, temporaryBeside } from '../../platform/unfinished.ts';
import { textOf } from './result-files.ts';
import { readFolder, writeFolder } from './run-folder.ts';

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
  await leave(temporaryName('model'));
  await leave(`${temporaryName('dataset')}.old`);
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
  await rename(folder, path.join(directory, `${temporaryName('model')}.old`));
  await leave(temporaryName('model'));
  discardUnfinished(directory);
  expect(await readdir(directory)).toEqual(['model']);
  expect(textOf(await readFolder(folder, 'model'), 'card.md')).toBe('# Fuel\n');
});

test('a run directory that is not there needs nothing', () => {
  expect(() => discardUnfinished(path.join(directory, 'none'))).not.toThrow();
});

/** A process that writes for as long as the test wants it to. */
async function anotherProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const ended = once(child, 'exit');
  return {
    name: (kind: string) => temporaryName(kind).replace(`-${process.pid}-`, `-${child.pid}-`),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test('what a killed process left is swept by the next that writes there; what a live one writes is not', async () => {
  const [killed, live] = [await anotherProcess(), await anotherProcess()];
  try {
    await leave(killed.name('model'));
    await leave(`${killed.name('dataset')}.old`);
    const written = live.name('evaluation');
    await leave(written);
    await killed.kill();
    temporaryBeside(directory, 'model');
    expect((await readdir(directory)).sort()).toEqual([written, 'dataset']);
    discardUnfinished(directory);
    expect((await readdir(directory)).sort()).toEqual([written, 'dataset']);
  } finally {
    await killed.kill();
    await live.kill();
  }
});

test('a former result is not put back while a live process writes the new one', async () => {
  const [killed, live] = [await anotherProcess(), await anotherProcess()];
  try {
    const aside = `${killed.name('model')}.old`;
    await leave(aside);
    await leave(live.name('model'));
    await killed.kill();
    temporaryBeside(directory, 'model');
    expect(await readdir(directory)).toContain(aside);
  } finally {
    await killed.kill();
    await live.kill();
  }
});

test('of another machine only what is a day old is swept', async () => {
  const name = temporaryName('model').replace(/^(\.model-)[0-9a-f]{8}/, `$1${'0'.repeat(8)}`);
  await leave(name);
  temporaryBeside(directory, 'model');
  expect(await readdir(directory)).toEqual([name]);
  const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await utimes(path.join(directory, name), longAgo, longAgo);
  temporaryBeside(directory, 'model');
  expect(await readdir(directory)).toEqual([]);
});
