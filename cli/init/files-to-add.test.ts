import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataToAdd, localData } from './files-to-add.ts';

test.each([
  [{ type: 'file', path: 'data.csv' }, ['data.csv']],
  [{ type: 'file', path: ['data/*.csv', 's3://bucket/more.csv'] }, ['data']],
  // A pattern of this folder would otherwise be everything that lies in it.
  [{ type: 'file', path: '*.csv' }, ['*.csv']],
  [{ type: 'duckdb', database: 'rows.duckdb' }, ['rows.duckdb']],
  [{ type: 'duckdb' }, []],
  [{ type: 'http' }, []],
])('the data that is committed of %j', (source, files) => expect(localData(source)).toEqual(files));

describe('data that GitHub would refuse', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'ciclo large ')));
    await mkdir(path.join(folder, 'data'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const mebibyte = 2 ** 20;
  /** A file of a size, which takes no room on the disk. */
  async function sized(name: string, bytes: number): Promise<void> {
    await writeFile(path.join(folder, name), 'a,b\n');
    await truncate(path.join(folder, name), bytes);
  }
  async function added(source: Parameters<typeof dataToAdd>[0]) {
    const warnings: string[] = [];
    const data = await dataToAdd(source, folder, { warn: (message) => void warnings.push(message) });
    return { data, warnings };
  }
  const files = { type: 'file', path: ['data/*.csv', 'small.csv'] };
  const mend = (names: string) =>
    `git lfs install && git lfs track ${names} && git add .gitattributes, and lfs: true in the workflows; or keep the data in object storage (s3://) or a database, and name that in data.source`;

  test('is told before it is proposed, and not proposed', async () => {
    await sized('small.csv', 50 * mebibyte);
    await sized('data/old.csv', 100 * mebibyte);
    expect(await added(files)).toEqual({
      data: ['data', 'small.csv'],
      warnings: [
        `data/old.csv (100 MiB) is large for git: GitHub warns of files of more than 50 MiB, and refuses those of more than 100 MiB; better ${mend('"data/old.csv"')}`,
      ],
    });
    await sized('data/old.csv', 50 * mebibyte);
    await sized('data/new.csv', 100 * mebibyte + 1);
    expect(await added(files)).toEqual({
      data: ['small.csv'],
      warnings: [
        `data/new.csv (101 MiB) is too large for git: GitHub refuses a push with a file of more than 100 MiB, so that git add does not name it below; first ${mend('"data/new.csv"')}`,
      ],
    });
    for (const source of [
      { type: 'file', path: 'data' },
      { type: 'file', path: 'data/new.csv' },
      { type: 'duckdb', database: 'data/new.csv' },
    ]) {
      expect(await added(source)).toMatchObject({
        data: [],
        warnings: [expect.stringContaining('too large')],
      });
    }
  });

  test('is none where it is of Git LFS, is ignored, or is not there', async () => {
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    await sized('small.csv', 200 * mebibyte);
    await sized('data/new.csv', 200 * mebibyte);
    await writeFile(path.join(folder, '.gitattributes'), '*.csv filter=lfs diff=lfs merge=lfs -text\n');
    expect(await added(files)).toEqual({ data: ['data', 'small.csv'], warnings: [] });
    await writeFile(path.join(folder, '.gitattributes'), '');
    await writeFile(path.join(folder, '.gitignore'), '*.csv\n');
    expect((await added(files)).warnings).toEqual([]);
    expect(await added({ type: 'file', path: 'none/*.csv' })).toEqual({ data: ['none'], warnings: [] });
  });
});
