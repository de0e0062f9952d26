import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Table, valueAt } from '../dataset/table/table.ts';
import { sha256 } from '../platform/digest.ts';
import { messageFrom, readFiles, rowsOf } from './testing/read-helpers.ts';

const fixture = z
  .object({
    expected: z.record(z.string(), z.tuple([z.string(), z.array(z.unknown())])),
    files: z.record(z.string(), z.base64()),
  })
  .parse(JSON.parse(readFileSync(new URL('fixtures/columnar.json', import.meta.url), 'utf8')));

const bytesOf = (name: string) => Buffer.from(fixture.files[name]!, 'base64');
const read = (name: string, ...rest: [object?, object?]) => readFiles({ [name]: bytesOf(name) }, ...rest);

/** A table as the fixture's script states it: type and values of each column. */
function stated(table: Table): Record<string, [string, unknown[]]> {
  return Object.fromEntries(
    [...table.columns].map(([name, column]) => {
      const values = Array.from({ length: table.rows }, (_, row) => valueAt(column, row));
      return [name, [column.type, values.map((v) => (v === Number.POSITIVE_INFINITY ? 'Infinity' : v))]];
    }),
  );
}

describe('a Parquet file', () => {
  test.each(['none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4', 'plain', 'version-2'])(
    'as pyarrow writes it (%s) gives the values that pyarrow was given',
    async (name) => {
      const { table, parts } = await read(`${name}.parquet`);
      expect(stated(table)).toEqual(fixture.expected);
      expect(parts).toEqual([
        { name: `${name}.parquet`, digest: sha256(bytesOf(`${name}.parquet`)), firstRow: 0, rows: 3 },
      ]);
    },
  );

  test('may have several row groups', async () => {
    const { table } = await read('two-groups.parquet');
    const thrice = Object.entries(fixture.expected).map(([name, [type, v]]) => [
      name,
      [type, [...v, ...v, ...v]],
    ]);
    expect(stated(table)).toEqual(Object.fromEntries(thrice));
  });

  test('may have delta encodings, INT96 timestamps and UUIDs', async () => {
    const { int64, text, nano } = fixture.expected;
    expect(stated((await read('delta.parquet')).table)).toEqual({ int64, text });
    expect(stated((await read('int96.parquet')).table)).toEqual({ nano });
    expect(rowsOf((await read('uuid.parquet')).table)).toEqual([
      { id: '00000000-0000-0000-0000-000000000001' },
      { id: null },
    ]);
  });

  test('may have no rows', async () => {
    const { table } = await read('no-rows.parquet');
    expect(table.rows).toBe(0);
    expect([...table.columns.keys()]).toEqual(Object.keys(fixture.expected));
  });

  test('gives only the columns that are wanted, and does not mind what it skips', async () => {
    const options = { columns: new Set(['a']) };
    expect(rowsOf((await read('nested.parquet', {}, options)).table)).toEqual([{ a: 1 }]);
  });

  test.each([
    ['nested', 'list', 'nested'],
    ['time', 'at', 'a time of day'],
    ['bytes', 'raw', 'raw bytes'],
  ])('with a column that a table cannot hold says which (%s)', async (name, column, what) => {
    expect(await messageFrom(read(`${name}.parquet`))).toBe(
      `${name}.parquet: column ${column} is ${what}, which a table cannot hold; a column is of numbers, texts, ` +
        'booleans, dates or timestamps: flatten it, or leave it out of the file',
    );
  });

  test('that is cut short says so, wherever it was cut', async () => {
    const whole = bytesOf('snappy.parquet');
    expect(await messageFrom(readFiles({ 'a.parquet': whole.subarray(0, 1000) }))).toBe(
      'a.parquet is cut short: it begins as a Parquet file but its 1000 bytes do not end as one ("PAR1"); ' +
        'copy or write it again',
    );
    for (const length of [4, 8, 11, 500, whole.length - 1, whole.length - 5]) {
      expect(await messageFrom(readFiles({ 'a.parquet': whole.subarray(0, length) }))).toContain('cut short');
    }
  });

  test('with a damaged inside says which column', async () => {
    const bytes = bytesOf('gzip.parquet');
    bytes.fill(0xff, 4, 60);
    expect(await messageFrom(readFiles({ 'a.parquet': bytes }))).toMatch(
      /^a\.parquet is a damaged Parquet file: column int8 cannot be read \(.+\); copy or write it again$/,
    );
  });

  test('that is none, is empty or is gzipped besides says so', async () => {
    expect(await messageFrom(readFiles({ 'a.parquet': 'x,y\n1,2\n' }))).toBe(
      'a.parquet is not a Parquet file: it begins with "x,y\\n" instead of "PAR1"',
    );
    expect(await messageFrom(readFiles({ 'a.parquet': '' }))).toBe('a.parquet is empty');
    expect(await messageFrom(readFiles({ 'a.parquet.gz': 'x' }))).toBe(
      'a.parquet.gz: Parquet and Arrow files are compressed inside; unpack it (gunzip a.parquet.gz)',
    );
  });
});

describe('an Arrow file', () => {
  test.each(['plain.arrow', 'lz4.arrow', 'zstd.arrow', 'stream.arrows', 'feather.feather'])(
    'as pyarrow writes it (%s) gives the values that pyarrow was given',
    async (name) => {
      const { table } = await read(name);
      expect(stated(table)).toEqual(fixture.expected);
    },
  );

  test('may have several batches, and rows that were sliced off', async () => {
    expect(rowsOf((await read('batches.arrow')).table)).toEqual([
      { x: 1.5, b: true },
      { x: null, b: null },
      { x: 2.5, b: false },
    ]);
    expect(rowsOf((await read('sliced.arrow')).table)).toEqual([
      { x: 1, s: null, b: true },
      { x: null, s: 'q', b: null },
      { x: 3, s: 'r', b: false },
    ]);
  });

  test('may be compressed in LZ4 blocks that refer to each other', async () => {
    const rows = rowsOf((await read('long-lz4.arrow')).table);
    expect(rows).toEqual(Array.from({ length: 20_000 }, (_, i) => ({ x: i % 1000, s: `text ${i % 300}` })));
  });

  test('may replace a dictionary from batch to batch of a stream', async () => {
    const rows = rowsOf((await read('replaced.arrows')).table);
    expect(rows).toEqual([{ c: 'a' }, { c: 'b' }, { c: 'z' }, { c: 'a' }]);
  });

  test('with a nested column says which', async () => {
    expect(await messageFrom(read('nested.arrow'))).toBe(
      'nested.arrow: column list is of the Arrow type List, which a table cannot hold; a column is of numbers, ' +
        'texts, booleans, dates or timestamps: flatten it, or leave it out of the file',
    );
  });

  test('that is cut short or is none says so', async () => {
    const whole = bytesOf('plain.arrow');
    for (const length of [7, 100, 1000, whole.length - 1]) {
      expect(await messageFrom(readFiles({ 'a.arrow': whole.subarray(0, length) }))).toMatch(
        /^a\.arrow is not a whole Arrow IPC file or stream \(.+\); write it again$/,
      );
    }
  });
});

describe('several Parquet files', () => {
  test('are one table', async () => {
    const { table, parts } = await readFiles({
      'b.parquet': bytesOf('zstd.parquet'),
      'a.parquet': bytesOf('none.parquet'),
    });
    const twice = Object.entries(fixture.expected).map(([name, [type, v]]) => [name, [type, [...v, ...v]]]);
    expect(stated(table)).toEqual(Object.fromEntries(twice));
    expect(parts.map(({ name, firstRow }) => [name, firstRow])).toEqual([
      ['a.parquet', 0],
      ['b.parquet', 3],
    ]);
  });

  test('whose columns differ are refused, or united when that is declared', async () => {
    const files = { 'a.parquet': bytesOf('int96.parquet'), 'b.parquet': bytesOf('uuid.parquet') };
    expect(await messageFrom(readFiles(files))).toContain(
      'the columns of b.parquet differ from those of a.parquet',
    );
    const { table } = await readFiles(files, { columns: 'union' });
    expect(table.rows).toBe(5);
    expect(rowsOf(table)[3]).toEqual({ nano: null, id: '00000000-0000-0000-0000-000000000001' });
  });

  test('of which one has another type under a name are refused', async () => {
    const files = {
      'a.arrow': bytesOf('batches.arrow'),
      'b.arrow': bytesOf('sliced.arrow'),
      'c.arrow': bytesOf('replaced.arrows'),
    };
    expect((await readFiles(files, { columns: 'union' })).table.rows).toBe(10);
    const clash = { 'a.parquet': bytesOf('int96.parquet'), 'b.arrow': bytesOf('sliced.arrow') };
    expect(await messageFrom(readFiles(clash))).toBe(
      'data.source.path matches files of different formats: a.parquet is parquet, b.arrow is arrow; ' +
        'narrow the pattern to one of them',
    );
  });
});
