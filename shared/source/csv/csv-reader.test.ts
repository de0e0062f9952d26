import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { readFiles, rowsOf } from '../testing/read-helpers.ts';

const rowsIn = async (...given: Parameters<typeof readFiles>) => rowsOf((await readFiles(...given)).table);

describe('a CSV file', () => {
  test('gives numbers where every cell is one, texts elsewhere, and missing where a marker stands', async () => {
    const { table, parts } = await readFiles({ 'a.csv': 'x,name,y\n1,ann,2.5\nNA,, -3e2 \n007,bob,\n' });
    expect(rowsOf(table)).toEqual([
      { x: 1, name: 'ann', y: 2.5 },
      { x: null, name: null, y: -300 },
      { x: 7, name: 'bob', y: null },
    ]);
    expect(table.columns.get('name')).toEqual({
      type: 'category',
      codes: Int32Array.of(0, -1, 1),
      dictionary: ['ann', 'bob'],
    });
    expect(parts).toEqual([
      {
        name: 'a.csv',
        digest: sha256('x,name,y\n1,ann,2.5\nNA,, -3e2 \n007,bob,\n'),
        firstRow: 0,
        rows: 3,
      },
    ]);
  });

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('may end its rows by %s, the last one or not', async (_name, end) => {
    const rows = [
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ];
    const text = ['a,b', '1,x', '2,y'].join(end);
    expect(await rowsIn({ 'a.csv': text })).toEqual(rows);
    expect(await rowsIn({ 'a.csv': text + end })).toEqual(rows);
  });

  test('keeps delimiters, marks and line ends of any kind inside quotation marks', async () => {
    const text = 'a,b\r\n"x,y","say ""hi"""\r\n"two\nlines\r","""\r\n"""\r\n"12",5" pipe\r\n';
    expect(await rowsIn({ 'a.csv': text }, {}, { trim: false })).toEqual([
      { a: 'x,y', b: 'say "hi"' },
      { a: 'two\nlines\r', b: '"\r\n"' },
      { a: '12', b: '5" pipe' },
    ]);
  });

  test('may begin with a byte-order mark and with empty lines, and hold empty lines', async () => {
    expect(await rowsIn({ 'a.csv': '\ufeff\n\na,b\n\n1,2\n\n\n3,4\n\n' })).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ]);
  });

  test('of one column has a missing cell where a line is empty', async () => {
    expect(await rowsIn({ 'a.csv': 'a\n1\n\n3\n' })).toEqual([{ a: 1 }, { a: null }, { a: 3 }]);
  });

  test.each([
    [';', 'a;"b,c"\n1;2\n'],
    ['\t', 'a\t"b,c"\n1\t2\n'],
    ['|', 'a|"b,c"\n1|2\n'],
  ])('is divided by %j when its header is', async (_delimiter, text) => {
    expect(await rowsIn({ 'a.csv': text })).toEqual([{ a: 1, 'b,c': 2 }]);
  });

  test('is divided by the delimiter that is configured', async () => {
    expect(await rowsIn({ 'a.csv': 'a:b,c\n1:2\n' }, { delimiter: ':' })).toEqual([{ a: 1, 'b,c': 2 }]);
  });

  test('is unpacked when it is gzipped, in one member or in several, and its digest is that of the packed bytes', async () => {
    const packed = Buffer.concat([gzipSync('a,b\n1,'), gzipSync('x\n2,y\n')]);
    const { table, parts } = await readFiles({ 'a.csv.gz': packed });
    expect(rowsOf(table)).toEqual([
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ]);
    expect(parts[0]!.digest).toBe(sha256(packed));
  });

  test('keeps as written what the configuration calls text, and all of a column that holds one text', async () => {
    const text = 'code,size,zip\n007,1.50,01234\n008,2.0,04321\n009,large,00001\n';
    expect(await rowsIn({ 'a.csv': text }, {}, { textColumns: new Set(['zip']) })).toEqual([
      { code: 7, size: '1.50', zip: '01234' },
      { code: 8, size: '2.0', zip: '04321' },
      { code: 9, size: 'large', zip: '00001' },
    ]);
  });

  test('keeps the texts of numbers that came many blocks and a file before the first word', async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `${i},0${i}.50`);
    const files = {
      'a.csv': `id,size\n${lines.join('\n')}\n`,
      'b.csv': `id,size\n${lines.slice(0, 48_212).join('\n')}\n48213,large\n`,
    };
    const { table } = await readFiles(files);
    const size = table.columns.get('size')!;
    expect(size.type).toBe('category');
    expect(table.columns.get('id')!.type).toBe('number');
    const rows = rowsOf(table);
    expect(rows[0]).toEqual({ id: 0, size: '00.50' });
    expect(rows[59_999]).toEqual({ id: 59_999, size: '059999.50' });
    expect(rows[60_001]).toEqual({ id: 1, size: '01.50' });
    expect(rows.at(-1)).toEqual({ id: 48_213, size: 'large' });
  });

  test('keeps the digits of identifiers that no double can hold', async () => {
    expect(await rowsIn({ 'a.csv': 'id\n9007199254740993\n9007199254740992\n' })).toEqual([
      { id: '9007199254740993' },
      { id: '9007199254740992' },
    ]);
  });

  test('reads infinities as such, for cleaning to count', async () => {
    expect(await rowsIn({ 'a.csv': 'x\ninf\n-Infinity\n1\n' })).toEqual([
      { x: Number.POSITIVE_INFINITY },
      { x: Number.NEGATIVE_INFINITY },
      { x: 1 },
    ]);
  });

  test('leaves cells untrimmed when trimming is off', async () => {
    expect(await rowsIn({ 'a.csv': 'x,y\n 1, NA\n2,NA\n' }, {}, { trim: false })).toEqual([
      { x: ' 1', y: ' NA' },
      { x: '2', y: null },
    ]);
  });

  test('sees a number and a marker between blanks that only Unicode knows', async () => {
    expect(await rowsIn({ 'a.csv': 'x,y\n\u00a01\u2003,\u00a0NA\n2,b\n' })).toEqual([
      { x: 1, y: null },
      { x: 2, y: 'b' },
    ]);
  });

  test('with a header alone has no rows', async () => {
    const { table } = await readFiles({ 'a.csv': 'a,b\n' });
    expect(table.rows).toBe(0);
    expect([...table.columns.keys()]).toEqual(['a', 'b']);
  });

  test('gives only the columns that are wanted', async () => {
    expect(await rowsIn({ 'a.csv': 'a,b,c\n1,2,3\n' }, {}, { columns: new Set(['c', 'a']) })).toEqual([
      { a: 1, c: 3 },
    ]);
  });
});

describe('several CSV files', () => {
  test('are one table in the order of their paths, columns by name', async () => {
    const { table, parts } = await readFiles({ 'b.csv': 'y,x\n4,3\n', 'a.csv': 'x,y\n1,2\n' });
    expect(rowsOf(table)).toEqual([
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ]);
    expect(parts.map(({ name, firstRow, rows }) => [name, firstRow, rows])).toEqual([
      ['a.csv', 0, 1],
      ['b.csv', 1, 1],
    ]);
  });

  test('leave missing what one lacks when columns are united', async () => {
    const files = { 'a.csv': 'x,y\n1,2\n', 'b.csv': 'z,x\nq,3\n', 'c.csv': 'y\n5\n' };
    expect(await rowsIn(files, { columns: 'union' })).toEqual([
      { x: 1, y: 2, z: null },
      { x: 3, y: null, z: 'q' },
      { x: null, y: 5, z: null },
    ]);
  });
});
