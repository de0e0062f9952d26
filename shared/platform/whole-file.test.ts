import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from './digest.ts';
import { digestOfFile, readOfSize, readWholeFile } from './whole-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo-whole-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function written(bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, 'file');
  await writeFile(file, bytes);
  return file;
}

describe('a whole file', () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i * 7);

  it('is read in pieces, and has the digest of all of them', async () => {
    const file = await written(bytes);
    const expected = { bytes, digest: sha256(bytes) };
    for (const piece of [1, 333, 1000, 5000]) expect(await readWholeFile(file, piece)).toEqual(expected);
    expect(await readWholeFile(file)).toEqual(expected);
    for (const piece of [7, 5000]) expect(await digestOfFile(file, piece)).toBe(expected.digest);
  });

  it('may be empty', async () => {
    const file = await written(new Uint8Array(0));
    expect(await readWholeFile(file)).toEqual({ bytes: new Uint8Array(0), digest: sha256('') });
    expect(await digestOfFile(file)).toBe(sha256(''));
  });

  it('that becomes shorter or longer while it is read is refused', async () => {
    const file = await written(bytes);
    await using handle = await open(file);
    for (const now of [10, 1001]) {
      await truncate(file, now);
      await expect(readOfSize(handle, { file, size: 1000, piece: 100 })).rejects.toThrow(
        `${file} changed while it was read: it had 1000 bytes, and now has ${now}; wait until it is written, then try again`,
      );
    }
  });
});
