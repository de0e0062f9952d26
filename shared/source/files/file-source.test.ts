import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { resolvePaths } from '../file-paths.ts';
import { messageFrom, readConfigured, readFiles, rowsOf } from '../testing/read-helpers.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

describe('paths', () => {
  test('may be names and globs, each file once, in the order of code points', async () => {
    const names = [
      'data/b.csv',
      'data/a.csv',
      'data/Z.csv',
      'data/deep/ä.csv',
      'data/deep/z.csv',
      'data/[1] (x).csv',
    ];
    await using folder = await temporaryFolder(Object.fromEntries(names.map((name) => [name, 'x\n'])));
    expect(await resolvePaths(['data/**/*.csv', 'data/a.csv'], folder.path)).toEqual([
      'data/Z.csv',
      'data/[1] (x).csv',
      'data/a.csv',
      'data/b.csv',
      'data/deep/z.csv',
      'data/deep/ä.csv',
    ]);
    expect(await resolvePaths(['data/[1] (x).csv'], folder.path)).toEqual(['data/[1] (x).csv']);
    expect(await resolvePaths(['data/{a,b}.csv'], folder.path)).toEqual(['data/a.csv', 'data/b.csv']);
  });

  test('may lead outside the folder of ciclo.yml, or be absolute', async () => {
    await using folder = await temporaryFolder({ 'data/a.csv': 'x\n' });
    const inside = path.join(folder.path, 'config');
    await mkdir(inside);
    for (const pattern of [
      '../data/*.csv',
      '../data/a.csv',
      `${folder.path}/data/*.csv`,
      `${folder.path}/data/a.csv`,
    ]) {
      expect(await resolvePaths([pattern], inside)).toEqual(['../data/a.csv']);
    }
  });

  test('that match nothing say what is there and what may have been meant', async () => {
    await using folder = await temporaryFolder({
      'data/cars.csv': '',
      'data/notes.md': '',
      'data/old/x.csv': '',
    });
    const messageOf = (pattern: string) => messageFrom(resolvePaths([pattern], folder.path));
    expect(await messageOf('data/car.csv')).toBe(
      'data.source.path: "data/car.csv" matches no file in folder data; did you mean "data/cars.csv"?',
    );
    expect(await messageOf('data/*.parquet')).toBe(
      'data.source.path: "data/*.parquet" matches no file in folder data, which holds cars.csv, notes.md, old/',
    );
    expect(await messageOf('dat/*.csv')).toBe(
      'data.source.path: "dat/*.csv" matches no file: there is no folder dat',
    );
    expect(await messageOf('train-set.csv')).toBe(
      'data.source.path: "train-set.csv" matches no file in the folder of ciclo.yml, which holds data/',
    );
    expect(await messageOf('date')).toBe(
      'data.source.path: "date" matches no file in the folder of ciclo.yml; did you mean "data/"?',
    );
  });
});

test('a format is recognised by the name, or is configured', async () => {
  expect(await messageFrom(readFiles({ 'a.dat': 'x\n1\n' }))).toBe(
    'cannot tell the format of a.dat from its name; set data.source.format to csv, json, ndjson, parquet or arrow',
  );
  expect(rowsOf((await readFiles({ 'a.dat': 'x\n1\n' }, { format: 'csv' })).table)).toEqual([{ x: 1 }]);
  expect(rowsOf((await readFiles({ 'a.TSV': 'x\ty\n1\t2\n' })).table)).toEqual([{ x: 1, y: 2 }]);
});

test('a source without rows is warned of', async () => {
  const entries: LogEntry[] = [];
  await using folder = await temporaryFolder({ 'a.csv': 'x\n', 'b.csv': 'x\n' });
  await readConfigured(
    { type: 'file', path: '*.csv' },
    { directory: folder.path, logger: recordingLogger(entries) },
  );
  expect(entries).toEqual([{ level: 'warn', message: 'the source has no rows (a.csv, b.csv)' }]);
});
