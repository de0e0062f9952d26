import { createHash } from 'node:crypto';
import { appendFile, rename, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { messageFrom } from '../testing/read-helpers.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { ByteSource } from './byte-source.ts';
import { openFile } from './file-bytes.ts';

/** More than one read takes. */
const text = 'a,b\n1,2\n'.repeat(300_000);

async function allOf(source: ByteSource, meanwhile?: () => Promise<void>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.open()) {
    if (chunks.length === 0) await meanwhile?.();
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString();
}

const opened = async (folder: string, name: string, bytes: string | Buffer) => {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return { file, source: await openFile(file, name) };
};

describe('a file of the machine', () => {
  it.each([
    ['rows.csv', text],
    ['rows.csv.gz', gzipSync(text, { level: 0 })],
  ])('is read as it was when it was looked at, whatever is appended to it: %s', async (name, bytes) => {
    await using folder = await temporaryFolder();
    const { file, source } = await opened(folder.path, name, bytes);
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    expect(await allOf(source, () => appendFile(file, bytes))).toBe(text);
    expect(source.digest()).toBe(digest);
    expect(await allOf(source)).toBe(text);
    expect(source.digest()).toBe(digest);
  });

  const shorter = (was: number, now: number) => `it had ${was} bytes, and now has ${now}`;
  const again = `it has ${text.length} bytes as before, but was written again`;
  it.each<[string, (file: string) => Promise<void>, string]>([
    ['becomes shorter', (file) => truncate(file, 1_200_000), shorter(text.length, 1_200_000)],
    ['is emptied', (file) => truncate(file, 0), shorter(text.length, 0)],
    [
      'is shorter for a moment',
      async (file) => {
        await truncate(file, 1_200_000);
        await truncate(file, text.length);
        await utimes(file, 1, 1);
      },
      again,
    ],
    [
      'is written again',
      async (file) => {
        await writeFile(file, text.replaceAll('1', '3'));
        await utimes(file, 1, 1);
      },
      again,
    ],
  ])('that %s while it is read, or before, is refused', async (_, change, what) => {
    await using folder = await temporaryFolder();
    const { file, source } = await opened(folder.path, 'rows.csv', text);
    const words = `rows.csv changed while it was read: ${what}; wait until it is written, then try again`;
    expect(await messageFrom(allOf(source, () => change(file)))).toBe(words);
    expect(await messageFrom(allOf(source))).toBe(words);
  });

  it('that another one replaces is read to its end, and not again', async () => {
    await using folder = await temporaryFolder();
    const { file, source } = await opened(folder.path, 'rows.csv', text);
    const replace = async () => {
      await writeFile(`${file}.new`, `${text}3,4\n`);
      await rename(`${file}.new`, file);
    };
    expect(await allOf(source, replace)).toBe(text);
    expect(await messageFrom(allOf(source))).toContain('rows.csv changed while it was read');
  });
});
