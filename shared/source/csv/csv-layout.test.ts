import { describe, expect, test } from 'vitest';
import { messageFrom, readFiles, rowsOf } from '../testing/read-helpers.ts';
import { readAndHear } from '../testing/real-tables.ts';

const rowsIn = async (text: string, source: object = {}) =>
  rowsOf((await readFiles({ 'a.csv': text }, source)).table);
const messageOf = (text: string, source: object = {}) => messageFrom(readFiles({ 'a.csv': text }, source));

describe('a first line sep=', () => {
  test.each([
    ['sep=;\n', 'a;b\n1,5;2\n', { a: '1,5', b: 2 }],
    ['\ufeffsep=\t\r\n', 'a\tb\r\nx,y\t2\r\n', { a: 'x,y', b: 2 }],
    ['"sep=|"\n', 'a|b\n1|2\n', { a: 1, b: 2 }],
    ['SEP=:\n', 'a:b\n1:2\n', { a: 1, b: 2 }],
  ])('says the delimiter, and is no header: %j', async (first, rest, row) => {
    expect(await rowsIn(first + rest)).toEqual([row]);
  });

  test('counts among the lines that are skipped', async () => {
    expect(await rowsIn('sep=;\nreport\na;b\n1;2\n', { 'skip-rows': 2 })).toEqual([{ a: 1, b: 2 }]);
  });

  test('keeps line numbers right in messages', async () => {
    expect(await messageOf('sep=;\na;b\n1;2\n1;2;3\n')).toContain('a.csv:4: row 2 has 3 fields');
  });
});

describe('comments', () => {
  test('are skipped above the header, between rows and at the end, but not inside cells', async () => {
    const text = '# generated\n\n# twice\na,b\n# one\n1,#x\n"2\n# in a cell",y\r\n#\n#last, with, fields';
    expect(await rowsIn(text, { comment: '#' })).toEqual([
      { a: '1', b: '#x' },
      { a: '2\n# in a cell', b: 'y' },
    ]);
  });

  test('may be cut by the end of a block', async () => {
    const text = `a,b\n${`1,2\n#${'x'.repeat(1000)},,,\n`.repeat(2000)}`;
    const { table } = await readFiles({ 'a.csv': text }, { comment: '#' });
    expect(table.rows).toBe(2000);
    expect(await messageOf(`${text}1\n`, { comment: '#' })).toContain('a.csv:4002: row 2001 has 1 field');
  });
});

describe('lines above the header', () => {
  test('are skipped by number, whatever they hold', async () => {
    const text = 'Report, "2024\n\nby me\na,b\n1,2\n';
    expect(await rowsIn(text, { 'skip-rows': 3 })).toEqual([{ a: 1, b: 2 }]);
  });

  test('that are all there is are named', async () => {
    expect(await messageOf('a,b\n1,2\n', { 'skip-rows': 5 })).toBe(
      'a.csv has no header: its 2 lines are all skipped (data.source.skip-rows is 5); a CSV file begins with a row of column names',
    );
  });
});

describe('a file without a header', () => {
  test('has columns c1, c2 and so on, and its first row is data', async () => {
    expect(await rowsIn('1,x\n2,y\n', { header: false })).toEqual([
      { c1: 1, c2: 'x' },
      { c1: 2, c2: 'y' },
    ]);
  });

  test('finds its delimiter from its rows, where a comma may stand before decimals', async () => {
    expect(await rowsIn('1,5;2,5\n3,5;4,5\n', { header: false, decimal: ',' })).toEqual([
      { c1: 1.5, c2: 2.5 },
      { c1: 3.5, c2: 4.5 },
    ]);
  });

  test('takes the names that are given, in as many files as there are', async () => {
    const { table } = await readFiles(
      { 'a.csv': '1,x\n', 'b.csv': '# c\n2,y\n' },
      { header: ['n', 't'], comment: '#' },
    );
    expect(rowsOf(table)).toEqual([
      { n: 1, t: 'x' },
      { n: 2, t: 'y' },
    ]);
  });

  test('has none where the names that are given stand in its first row', async () => {
    expect(await messageOf('# c\na, b\n1,2\n', { header: ['a', 'b'], comment: '#' })).toBe(
      'a.csv:2: the first row holds the names that data.source.header gives ("a, b"); leave header out, or skip ' +
        'that row: data: { source: { skip-rows: 2 } }',
    );
  });

  test('finds its delimiter beside comments', async () => {
    expect(await rowsIn('1;x\n#,\n2;y\n', { header: false, comment: '#' })).toHaveLength(2);
  });

  test('with more or fewer cells than names says so', async () => {
    expect(await messageOf('1,2,3\n', { header: ['a', 'b'] })).toBe(
      'a.csv:1: data.source.header names 2 columns ("a, b"), but the first row has 3 fields ("1, 2, 3"); name each of them',
    );
  });
});

test('a delimiter at the end of every row makes no column, and is told', async () => {
  const expected = [
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ];
  const both = await readAndHear({ 'a.csv': 'a;b;\n1;2;\n3;4;\n' });
  expect(rowsOf(both.table)).toEqual(expected);
  expect(both.told).toEqual([
    'a.csv:1: a column has neither a name nor any value and is left out: every row ends in a delimiter',
  ]);
  const rowsAlone = await readAndHear({ 'a.csv': 'a,b\n1,2,\n3,4,\n' });
  expect(rowsOf(rowsAlone.table)).toEqual(expected);
  expect(rowsAlone.told).toEqual(both.told);
});

test('a cell beyond the header that is not always empty is a field without a name', async () => {
  expect(await messageOf('a,b\n1,2,\n3,4,\n5,6,\n7,8,x\n')).toBe(
    'a.csv:1: the rows have 3 fields, the header has 2 ("a, b"), and the last one is not empty in every row; name ' +
      'it in the header. A text that holds the delimiter must stand in quotation marks.',
  );
});

test('a column without a name is one of pandas only when it counts the rows', async () => {
  expect(await messageOf(',a\n0,1\n1,1\n')).toContain('(pandas writes such a column for its index');
  expect(await messageOf(',a\n5,1\n6,1\n')).toBe(
    'a.csv:1: column 1 of 2 has no name (", a"); give every column a name',
  );
  expect(await messageOf('a,,b\n1,x,2\n')).toBe(
    'a.csv:1: column 2 of 3 has no name ("a, , b"); give every column a name',
  );
});

test('a row that lacks the delimiter at its end is told from the others', async () => {
  expect(await messageOf('a,b\n1,2,\n3,4,\n5,6,\n7,8\n')).toContain(
    'The rows before it end in a delimiter, and this one does not.',
  );
});

test('a quotation mark after spaces opens a cell, as far as its line goes', async () => {
  expect(await rowsIn('a, "b"\n1, "x, b"\n2,  "say ""ah""" \n')).toEqual([
    { a: 1, b: 'x, b' },
    { a: 2, b: 'say "ah"' },
  ]);
  expect(await rowsIn('a,b\n5, "12 wide\n6, "a" b\n')).toEqual([
    { a: 5, b: ' "12 wide' },
    { a: 6, b: ' "a" b' },
  ]);
});
