import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assert, asyncProperty, constantFrom, dictionary, nat, uint8Array } from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import { buildZip, type ZipEntry, zipOf } from '../testing/zip-builder.ts';
import { extractArchive, readHostileArchive } from './artifact-archive.ts';

const limits = { entries: 4, entryBytes: 1000, totalBytes: 2000 };
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const read = (...entries: ZipEntry[]): Promise<Map<string, Uint8Array>> =>
  readHostileArchive(buildZip(entries), limits);

const names = constantFrom('manifest.json', 'evaluation.json', 'report.html', 'a', '0');

test('a sound archive gives its files, stored or deflated', async () => {
  await assert(
    asyncProperty(
      dictionary(names, uint8Array({ maxLength: 300 })),
      constantFrom(0, 8),
      async (files, method) => {
        const zip = buildZip(Object.entries(files).map(([name, bytes]) => ({ name, bytes, method })));
        const got = await readHostileArchive(zip, { ...limits, entries: 5 });
        expect(Object.fromEntries([...got].map(([name, bytes]) => [name, [...bytes]]))).toEqual(
          Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, [...bytes]])),
        );
      },
    ),
  );
});

test('folders are read where they are expected, as deep as they are, and of plain names', async () => {
  const inFolders = (name: string) => readHostileArchive(buildZip([{ name }]), { ...limits, folders: 2 });
  expect([...(await inFolders('a/b/c.yaml')).keys()]).toEqual(['a/b/c.yaml']);
  await expect(inFolders('a/b/c/d')).rejects.toThrow('"a/b/c/d" lies deeper than 2 directories');
  await expect(inFolders('a/../../d')).rejects.toThrow('leaves the folder');
  for (const name of ['a/.hidden', '.a/b', 'a//b', 'a/./b']) {
    await expect(inFolders(name)).rejects.toThrow('is not a plain file name');
  }
});

describe('an archive is refused with what and why when an entry', () => {
  const refused: readonly (readonly [string, ZipEntry, string])[] = [
    ['leaves the folder', { name: '../evil' }, '"../evil" leaves the folder'],
    ['leaves it on a detour', { name: 'a/../../evil' }, '"a/../../evil" leaves the folder'],
    ['is absolute', { name: '/etc/passwd' }, '"/etc/passwd" is an absolute path'],
    ['has a drive letter', { name: 'C:evil' }, '"C:evil" begins with a drive letter'],
    ['has a backslash', { name: 'a\\b' }, '"a\\\\b" holds a backslash'],
    ['is a directory by its name', { name: 'folder/' }, '"folder/" is a directory'],
    ['lies in a directory', { name: 'folder/a' }, '"folder/a" lies in a directory'],
    ['is hidden', { name: '.npmrc' }, '".npmrc" is not a plain file name'],
    ['has a NUL in its name', { name: 'a\0.json' }, '"a\\u0000.json" is not a plain file name'],
    ['has a name beyond ASCII', { name: 'é' }, 'is not a plain file name'],
    ['has a name without end', { name: 'a'.repeat(101) }, 'has a name of 101 characters'],
    ['has no name', { name: '' }, 'has no name'],
    [
      'is a symbolic link',
      { name: 'a', mode: 0o120777, bytes: text('/etc/passwd') },
      '"a" is a symbolic link',
    ],
    ['is a directory by its mode', { name: 'a', mode: 0o040755 }, '"a" is a directory, no file'],
    ['is a device', { name: 'a', mode: 0o020666 }, '"a" is a character device'],
    ['is of no known type', { name: 'a', mode: 0o150000 }, '"a" is of an unknown type'],
    ['is encrypted', { name: 'a', flags: 1 }, '"a" is encrypted'],
    ['is compressed another way', { name: 'a', method: 12 }, '"a" is compressed by method 12'],
    [
      'claims too much',
      { name: 'a', claimedSize: 4_294_967_290 },
      '"a" claims 4294967290 bytes; at most 1000',
    ],
    [
      'inflates to more than it claims',
      { name: 'a', bytes: new Uint8Array(900), claimedSize: 10 },
      '"a" cannot be inflated (too many bytes in the stream',
    ],
    [
      'inflates to less than it claims',
      { name: 'a', bytes: text('abc'), claimedSize: 10 },
      '"a" cannot be inflated (not enough bytes in the stream',
    ],
    ['is stored with two sizes', { name: 'a', method: 0, bytes: text('abc'), claimedSize: 10 }, 'compressed'],
    ['is damaged', { name: 'a', bytes: text('abc'), claimedCrc: 1 }, '"a" does not match its checksum'],
    [
      'is not deflated data',
      { name: 'a', compressed: text('no deflate'), claimedSize: 10 },
      '"a" cannot be inflated (',
    ],
  ];
  test.each(refused)('%s', async (_what, entry, message) => {
    const error = await read({ name: 'ok.json', bytes: text('{}') }, entry).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(IntegrityError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toMatch(/refused$/);
  });

  test('is there twice, or twice but for upper case', async () => {
    await expect(read({ name: 'a' }, { name: 'a' })).rejects.toThrow('"a" is there twice');
    await expect(read({ name: 'a.json' }, { name: 'A.json' })).rejects.toThrow('"A.json" is there twice');
  });
});

describe('an archive is refused as a whole', () => {
  test('when it has too many entries, or claims so', async () => {
    const many = Array.from({ length: 5 }, (_, i) => ({ name: `f${i}` }));
    await expect(read(...many)).rejects.toThrow('claims 5 entries; at most 4 are read');
    await expect(readHostileArchive(buildZip([{ name: 'a' }], 60_000), limits)).rejects.toThrow(
      'claims 60000 entries; at most 4 are read',
    );
  });

  test('when its files claim more than all may have, before any is inflated', async () => {
    const files = ['a', 'b', 'c'].map((name) => ({ name, claimedSize: 900, compressed: text('no deflate') }));
    await expect(read(...files)).rejects.toThrow('claims 2700 bytes in 3 files; at most 2000 are read');
  });

  test('when a small file would inflate a thousandfold, at the limit and not after', async () => {
    const bomb = { name: 'a', bytes: new Uint8Array(50_000_000), claimedSize: 1000 };
    expect(buildZip([bomb]).byteLength).toBeLessThan(60_000);
    await expect(read(bomb)).rejects.toThrow('"a" cannot be inflated (too many bytes in the stream');
  });

  test('when it is empty, cut short, or not an archive', async () => {
    const sound = zipOf(new Map([['a', text('abc')]]));
    for (const bytes of [new Uint8Array(), text('PK'), text('<html>'), sound.subarray(0, -5)]) {
      await expect(readHostileArchive(bytes, limits)).rejects.toThrow(/not a zip archive that can be read/);
    }
  });
});

test('whatever byte is changed or wherever it is cut: the same files or a refusal, never a crash', async () => {
  const files = new Map([
    ['manifest.json', text('{"format":1}')],
    ['evaluation.json', text('{"verdict":"fail"}'.repeat(20))],
  ]);
  const sound = zipOf(files);
  const same = async (bytes: Uint8Array): Promise<void> => {
    const got = await readHostileArchive(bytes, limits).catch((error: unknown) => {
      expect(error).toBeInstanceOf(IntegrityError);
      return undefined;
    });
    // A changed name, and a directory that forgets entries, are for the manifest to find.
    for (const [name, content] of got ?? []) {
      const former = [...files.values()].find((value) => Buffer.from(value).equals(content));
      expect(former, `${name} holds bytes that were never archived`).toBeDefined();
    }
  };
  await assert(
    asyncProperty(nat(sound.byteLength - 1), nat(254), async (at, by) => {
      const changed = Uint8Array.from(sound);
      changed[at] = (changed[at]! + 1 + by) % 256;
      await same(changed);
    }),
    { numRuns: 2000 },
  );
  for (let length = 0; length < sound.byteLength; length++) await same(sound.subarray(0, length));
});

describe('an archive on disk', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'ciclo archive '));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });
  const extract = async (zip: Uint8Array): Promise<void> => {
    const file = path.join(directory, '.zip');
    await writeFile(file, zip);
    await extractArchive(file, directory, limits);
  };

  test('is written file by file into the folder', async () => {
    await extract(zipOf(new Map([['weights.bin', new Uint8Array([1, 2, 3])]])));
    expect([...(await readFile(path.join(directory, 'weights.bin')))]).toEqual([1, 2, 3]);
  });

  test('is refused by the same rules, with nothing written before its directory is in order', async () => {
    const hostile = buildZip([{ name: 'a', bytes: text('abc') }, { name: '../evil' }]);
    await expect(extract(hostile)).rejects.toThrow('"../evil" leaves the folder');
    expect(await readdir(directory)).toEqual(['.zip']);
    await expect(extract(buildZip([{ name: 'a', bytes: text('abc'), claimedCrc: 1 }]))).rejects.toThrow(
      'does not match its checksum',
    );
  });

  test('never writes over a file that is there; an error of the file system is not a refusal', async () => {
    await writeFile(path.join(directory, 'a'), 'mine');
    const error = await extract(zipOf(new Map([['a', text('theirs')]]))).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'EEXIST' });
    expect(error).not.toBeInstanceOf(ConfigurationError);
    expect(await readFile(path.join(directory, 'a'), 'utf8')).toBe('mine');
  });
});
