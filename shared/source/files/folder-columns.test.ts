import { describe, expect, test } from 'vitest';
import type { FileSourceConfig } from '../../config/sections/sources/file-source.ts';
import { messageFrom, readConfigured, rowsOf } from '../testing/read-helpers.ts';
import { realTables } from '../testing/real-tables.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

async function read(files: Files, source: Partial<FileSourceConfig>, options: object = {}) {
  await using folder = await temporaryFolder(files);
  return await readConfigured({ type: 'file', ...source }, { directory: folder.path, options });
}

const rowsIn = async (...given: Parameters<typeof read>) => rowsOf((await read(...given)).table);

describe('folders such as year=2024', () => {
  const files = {
    'data/year=2023/month=12/a.csv': 'x\n1\n2\n',
    'data/year=2024/month=01/b.csv': 'x\n3\n',
    'data/_SUCCESS': '',
  };

  test('are columns of numbers, in every row of their files', async () => {
    const { table, parts } = await read(files, { path: 'data/**/*.csv' });
    expect(rowsOf(table)).toEqual([
      { x: 1, year: 2023, month: 12 },
      { x: 2, year: 2023, month: 12 },
      { x: 3, year: 2024, month: 1 },
    ]);
    expect(parts.map(({ name, rows }) => [name, rows])).toEqual([
      ['data/year=2023/month=12/a.csv', 2],
      ['data/year=2024/month=01/b.csv', 1],
    ]);
  });

  test('are read by the path of the folder above, as by a pattern', async () => {
    const expected = await rowsIn(files, { path: 'data/**/*.csv' });
    expect(await rowsIn(files, { path: 'data' })).toEqual(expected);
    expect(await rowsIn(files, { path: 'data/' })).toEqual(expected);
    expect(await rowsIn(files, { path: 'data/**/*' })).toEqual(expected);
  });

  test('are texts when they are not numbers or are to be texts, decoded, with what Hive writes for missing', async () => {
    const named = {
      'd/city=S%C3%A3o%20Paulo/day=2024-01-02/store=007/a.ndjson': '{"x":1}\n',
      'd/city=__HIVE_DEFAULT_PARTITION__/day=2024-01-03/store=012/b.ndjson': '{"x":2}\n',
      'd/city=50%25 off/day=NA/store=013/c.ndjson': '{"x":3}\n',
    };
    const options = { textColumns: new Set(['store']) };
    expect(await rowsIn(named, { path: 'd' }, options)).toEqual([
      { x: 3, city: '50% off', day: null, store: '013' },
      { x: 1, city: 'São Paulo', day: '2024-01-02', store: '007' },
      { x: 2, city: null, day: '2024-01-03', store: '012' },
    ]);
  });

  test('are columns of Parquet, Arrow and JSON too', async () => {
    const { parquet, arrow } = realTables.names;
    for (const [file, content] of [
      ['part.parquet', parquet],
      ['part.arrow', arrow],
      ['part.json', '[{"x":1},{"x":2}]'],
    ] as const) {
      const { table } = await read({ [`t/k=1/${file}`]: content, [`t/k=2/${file}`]: content }, { path: 't' });
      expect(table.columns.get('k')).toEqual({ type: 'number', values: Float64Array.of(1, 1, 2, 2) });
    }
  });

  test('must agree with a column of the file', async () => {
    const same = { 'd/k=1/a.csv': 'x,k\n5,1\n', 'd/k=2/a.csv': 'x,k\n6,2\n' };
    expect(await rowsIn(same, { path: 'd' })).toEqual([
      { x: 5, k: 1 },
      { x: 6, k: 2 },
    ]);
    expect(await messageFrom(read({ ...same, 'd/k=3/a.csv': 'x,k\n7,3\n8,4\n' }, { path: 'd' }))).toBe(
      'd/k=3/a.csv row 2: column "k" holds 4, and the file\'s folder says "3"; rename the column in the files, or ' +
        'the folders, so that both can be read',
    );
  });

  test('must be of one kind, unless what a file lacks is missing', async () => {
    const mixed = { 'd/k=1/a.csv': 'x\n5\n', 'd/b.csv': 'x\n6\n' };
    expect(await messageFrom(read(mixed, { path: 'd' }))).toContain('it has "k" besides');
    expect(await rowsIn(mixed, { path: 'd', columns: 'union' })).toEqual([
      { x: 6, k: null },
      { x: 5, k: 1 },
    ]);
  });
});

describe('a folder as a path', () => {
  const messageOf = (files: Files, source: Partial<FileSourceConfig> = {}) =>
    messageFrom(read(files, { path: 'd', ...source }));

  test('leaves out names that begin with _ or .', async () => {
    const files = {
      'd/a.csv': 'x\n1\n',
      'd/.b.csv': 'y\n2\n',
      'd/_tmp/c.csv': 'z\n',
      'd/README.md': 'hello',
    };
    expect(await rowsIn(files, { path: 'd' })).toEqual([{ x: 1 }]);
  });

  test('of several formats asks which', async () => {
    const files = { 'd/a.csv': 'x\n1\n', 'd/b/c.parquet': '', 'd/b/d.parquet': '' };
    expect(await messageOf(files)).toBe(
      'data.source.path: folder d holds files of different formats: 1 of csv (a.csv), 2 of parquet (b/c.parquet); ' +
        'say which: data: { source: { type: file, path: d, format: csv } }',
    );
    expect(await rowsIn(files, { path: 'd', format: 'csv' })).toEqual([{ x: 1 }]);
  });

  test('without files says what is there', async () => {
    expect(await messageOf({ 'd/notes.md': '' })).toBe(
      'data.source.path: folder d holds no file of csv, json, ndjson, parquet or arrow: it holds notes.md; ' +
        'set data.source.format when they are of one of these',
    );
    expect(await messageOf({ 'd/_SUCCESS': '' })).toBe(
      'data.source.path: folder d holds no file of csv, json, ndjson, parquet or arrow: all names below it begin ' +
        'with "_" or "."',
    );
    expect(await messageOf({ 'd/a.csv': '' }, { format: 'parquet' })).toContain(
      'folder d holds no file of parquet',
    );
  });
});
