import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import { textOf } from './result-files.ts';
import { readFolder, writeFolder } from './run-folder.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'ciclo run folder '));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const head = {
  kind: 'model' as const,
  pipeline: 'fuel',
  fingerprint: sha256('fingerprint'),
  inputs: { dataset: sha256('dataset') },
  versions: { ciclo: '0.1.0' },
  seed: 42,
};
const files = new Map([
  ['weights.bin', new Uint8Array([1, 2, 3, 4])],
  ['card.md', new TextEncoder().encode('# Fuel\n')],
]);

async function tamper(edit: (manifest: Record<string, unknown>) => void): Promise<string> {
  const { folder } = await writeFolder(directory, head, files);
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  edit(manifest);
  await writeFile(file, JSON.stringify(manifest));
  return folder;
}

describe('a result folder', () => {
  test('comes back as it was written, and leaves no temporary folder', async () => {
    const { folder, manifest } = await writeFolder(directory, head, files);
    const read = await readFolder(folder, 'model');
    expect(read.manifest).toEqual(manifest);
    expect(textOf(read, 'card.md')).toBe('# Fuel\n');
    expect(await readdir(directory)).toEqual(['model']);
  });

  test('of files that come in pieces is that of the same files whole', async () => {
    const bytes = Uint8Array.from({ length: 700_000 }, (_, i) => i % 251);
    const pieces = function* () {
      for (const [from, to] of [
        [0, 3],
        [3, 3],
        [3, 40],
        [40, 600_000],
        [600_000, 700_000],
      ] as const) {
        yield bytes.subarray(from, to);
      }
    };
    const whole = await writeFolder(path.join(directory, 'a'), head, new Map([['weights.bin', bytes]]));
    const parts = await writeFolder(path.join(directory, 'b'), head, new Map([['weights.bin', pieces]]));
    expect(parts.manifest).toEqual(whole.manifest);
    expect(parts.manifest.files['weights.bin']).toEqual({ digest: sha256(bytes), bytes: bytes.length });
    const { files: read } = await readFolder(parts.folder, 'model');
    expect(Buffer.from(bytes).equals(read.get('weights.bin')!)).toBe(true);
  });

  test('with a file that is larger than it could be read back is not written', async () => {
    const mebibyte = new Uint8Array(2 ** 20);
    const pieces = function* () {
      for (let i = 0; i <= 64; i++) yield mebibyte;
    };
    await expect(
      writeFolder(directory, { ...head, kind: 'proposal' }, new Map([['proposal.json', pieces]])),
    ).rejects.toThrow(
      `${path.join(directory, 'proposal', 'proposal.json')} would have more than ${64 * 2 ** 20} bytes, the most that Ciclo reads of a file in a proposal folder`,
    );
    expect(await readdir(directory)).toEqual([]);
  });

  test('has a digest that depends only on its files', async () => {
    const first = await writeFolder(path.join(directory, 'a'), head, files);
    const second = await writeFolder(
      path.join(directory, 'b'),
      { ...head, versions: { ciclo: '9.9.9' }, fingerprint: sha256('another') },
      new Map([...files].reverse()),
    );
    const third = await writeFolder(
      path.join(directory, 'c'),
      head,
      new Map([...files, ['new.txt', new Uint8Array()]]),
    );
    expect(second.manifest.digest).toBe(first.manifest.digest);
    expect(third.manifest.digest).not.toBe(first.manifest.digest);
  });

  test('is replaced whole: no file of the older one remains', async () => {
    await writeFolder(directory, head, files);
    const { folder } = await writeFolder(directory, head, new Map([['weights.bin', new Uint8Array([9])]]));
    expect((await readdir(folder)).sort()).toEqual(['manifest.json', 'weights.bin']);
  });

  test('with one flipped byte is refused, naming the file and both digests', async () => {
    const { folder } = await writeFolder(directory, head, files);
    await writeFile(path.join(folder, 'weights.bin'), new Uint8Array([1, 2, 3, 5]));
    await expect(readFolder(folder, 'model')).rejects.toThrow(
      new IntegrityError(
        `${path.join(folder, 'weights.bin')} is not what its manifest says: digest ${sha256(new Uint8Array([1, 2, 3, 5]))}, stated ${sha256(new Uint8Array([1, 2, 3, 4]))}. It was changed or damaged; run ciclo train again or fetch it again`,
      ),
    );
  });

  test('that is cut short, lacks a file or holds a foreign one is refused', async () => {
    const { folder } = await writeFolder(directory, head, files);
    await writeFile(path.join(folder, 'weights.bin'), new Uint8Array([1, 2]));
    await expect(readFolder(folder, 'model')).rejects.toThrow(/has 2 bytes, its manifest says 4/);
    await rm(path.join(folder, 'weights.bin'));
    await expect(readFolder(folder, 'model')).rejects.toThrow(/lacks weights\.bin, which its manifest lists/);
    await writeFile(path.join(folder, 'weights.bin'), new Uint8Array([1, 2, 3, 4]));
    await writeFile(path.join(folder, 'extra.js'), '');
    await expect(readFolder(folder, 'model')).rejects.toThrow(
      /holds "extra\.js", which its manifest does not list/,
    );
  });

  test('that is missing, unfinished or of another kind says which command makes it', async () => {
    await expect(readFolder(path.join(directory, 'model'), 'model')).rejects.toThrow(
      new ConfigurationError(`there is no model at ${path.join(directory, 'model')}: run ciclo train first`),
    );
    await mkdir(path.join(directory, 'dataset'));
    await expect(readFolder(path.join(directory, 'dataset'), 'dataset')).rejects.toThrow(
      /has no manifest\.json, so it is not a finished dataset folder: run ciclo prepare again/,
    );
    const { folder } = await writeFolder(directory, head, files);
    await cp(folder, path.join(directory, 'evaluation'), { recursive: true });
    await expect(readFolder(path.join(directory, 'evaluation'), 'evaluation')).rejects.toThrow(
      /holds the result "model", not "evaluation"/,
    );
  });

  test('refuses names that leave the folder, links, unknown formats, and a digest that is not its files', async () => {
    const leaving = await tamper((m) => {
      (m.files as Record<string, unknown>)['../evil'] = { digest: sha256(''), bytes: 0 };
    });
    await expect(readFolder(leaving, 'model')).rejects.toThrow(/not a manifest of Ciclo: files/);
    const future = await tamper((m) => {
      m.format = 2;
    });
    await expect(readFolder(future, 'model')).rejects.toThrow(/has format 2; this Ciclo reads format 1/);
    const forged = await tamper((m) => {
      m.digest = sha256('forged');
    });
    await expect(readFolder(forged, 'model')).rejects.toThrow(/states a digest that is not its files'/);
    const { folder } = await writeFolder(directory, head, files);
    await rm(path.join(folder, 'weights.bin'));
    await symlink('/etc/hostname', path.join(folder, 'weights.bin'));
    await expect(readFolder(folder, 'model')).rejects.toThrow(/is not a plain file/);
  });

  test('that cannot be written leaves the former one and nothing half done', async () => {
    const { folder } = await writeFolder(directory, head, files);
    const bad = new Map<string, Uint8Array>([['no/such/place.bin', new Uint8Array([1])]]);
    await expect(writeFolder(directory, head, bad)).rejects.toThrow();
    expect((await readFolder(folder, 'model')).files.size).toBe(2);
    expect(await readdir(directory)).toEqual(['model']);
  });
});
