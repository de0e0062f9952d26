import { appendFile, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { messageFrom } from '../testing/read-helpers.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openRanges } from './file-ranges.ts';

describe('ranges of a file', () => {
  it('are the bytes between their places, to its end at most', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'data.parquet');
    await writeFile(file, Uint8Array.of(1, 2, 3, 4, 5));
    const ranges = await openRanges(file);
    expect(new Uint8Array(await ranges.slice(1, 3))).toEqual(Uint8Array.of(2, 3));
    expect(new Uint8Array(await ranges.slice(3, 9))).toEqual(Uint8Array.of(4, 5));
    await ranges.close();
  });

  it('are no zeros where it became shorter since it was opened', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'data.parquet');
    await writeFile(file, new Uint8Array(100).fill(7));
    const ranges = await openRanges(file, 'data.parquet');
    await truncate(file, 40);
    for (const end of [40, 50]) {
      expect(await messageFrom(ranges.slice(30, end))).toBe(
        'data.parquet changed while it was read: it had 100 bytes, and now has 40; wait until it is written, then try again',
      );
    }
    await ranges.close();
  });

  it('are of one file: one that was written again since it was opened is refused, also one that grew', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'data.parquet');
    await writeFile(file, new Uint8Array(100).fill(7));
    const ranges = await openRanges(file, 'data.parquet');
    await appendFile(file, 'more');
    expect(await messageFrom(ranges.slice(90))).toContain('it had 100 bytes, and now has 104; ');
    await writeFile(file, new Uint8Array(100).fill(8));
    await utimes(file, 1, 1);
    expect(await messageFrom(ranges.slice(0, 1))).toBe(
      'data.parquet changed while it was read: it has 100 bytes as before, but was written again; wait until it is written, then try again',
    );
    await ranges.close();
  });
});
