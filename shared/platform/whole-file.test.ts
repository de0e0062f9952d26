import { mkdtemp, open, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from './digest.ts';
import { seenFile } from './seen-file.ts';
import { digestOfFile, readAsSeen, readWholeFile } from './whole-file.ts';

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
    const seen = await seenFile(handle);
    for (const now of [10, 1001]) {
      await truncate(file, now);
      await expect(readAsSeen(handle, { file, seen, piece: 100 })).rejects.toThrow(
        `${file} changed while it was read: it had 1000 bytes, and now has ${now}; wait until it is written, then try again`,
      );
    }
  });

  const writtenAgain =
    'changed while it was read: it has 1000 bytes as before, but was written again; wait until it is written, then try again';

  it('that is shorter for a moment is refused, and no zeros are handed on', async () => {
    const file = await written(bytes);
    await using handle = await open(file);
    const times = await stat(file);
    await utimes(file, times.atime, times.mtime);
    const seen = await seenFile(handle);
    // As long as before after each read, and not written since by what the system says.
    const read = (async (...given: Parameters<typeof handle.read>) => {
      await truncate(file, 400);
      const found = await handle.read(...given);
      await writeFile(file, bytes);
      await utimes(file, times.atime, times.mtime);
      return found;
    }) as typeof handle.read;
    const racing = { read, stat: handle.stat.bind(handle) as typeof handle.stat };
    await expect(readAsSeen(racing, { file, seen, piece: 300 })).rejects.toThrow(`${file} ${writtenAgain}`);
    expect(await seenFile(handle)).toEqual(seen);
  });

  it('that is written again in place, as long as before, is refused', async () => {
    const file = await written(bytes);
    await using handle = await open(file);
    const seen = await seenFile(handle);
    await writeFile(file, bytes.toReversed());
    await utimes(file, 1, 1);
    await expect(readAsSeen(handle, { file, seen, piece: 300 })).rejects.toThrow(`${file} ${writtenAgain}`);
  });
});
