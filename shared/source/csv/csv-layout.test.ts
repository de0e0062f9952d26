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

const asPandas = (line: number, labels: string, header: string) =>
  `a.csv:${line}: the first column has no name and ${labels}, as pandas writes the index of a table and R its row names: ` +
  `it is left out. To keep it, add data: { source: { skip-rows: ${line}, header: [${header}] } }`;

test.each<[string, string, string]>([
  ['the index of pandas', ',a\n0,7\n1,8\n2,9\n', 'counts the rows'],
  ['that of tables put together', ',a\n0,7\n1,8\n0,9\n', 'counts the rows'],
  ['row numbers of R', '"","a"\n"1",7\n"2",8\n"3",9\n', 'counts the rows'],
  ['the index of some rows, in any order', ',a\n17,7\n4,8\n9,9\n', 'has another whole number in every row'],
  ['row names of R', '"","a"\n"Mazda RX4",7\n"Datsun 710",8\n"Valiant",9\n', 'has another text in every row'],
])('%s is left out, and told with the line that keeps it', async (_, text, labels) => {
  const { table, told } = await readAndHear({ 'a.csv': text });
  expect(rowsOf(table)).toEqual([{ a: 7 }, { a: 8 }, { a: 9 }]);
  expect(told).toEqual([asPandas(1, labels, 'index, a')]);
});

test('the line that keeps an index does keep it, by a name that is free', async () => {
  const { told } = await readAndHear({ 'a.csv': 'cars\n,index,yes\n0,7,1\n1,8,2\n' }, { 'skip-rows': 1 });
  expect(told).toEqual([asPandas(2, 'counts the rows', 'index_, index, "yes"')]);
  expect(
    await rowsIn('cars\n,index,yes\n0,7,1\n', { 'skip-rows': 2, header: ['index_', 'index', 'yes'] }),
  ).toEqual([{ index_: 0, index: 7, yes: 1 }]);
});

test('files with an index and without one are one table', async () => {
  const files = { 'a.csv': ',a\n0,7\n', 'b.csv': 'a\n8\n', 'c.csv': ',a\n0,9\n' };
  const { table, told } = await readAndHear(files);
  expect(rowsOf(table)).toEqual([{ a: 7 }, { a: 8 }, { a: 9 }]);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('a.csv:1: the first column (and of 1 more file) has no name and counts the rows');
});

test.each<[string, string]>([
  ['values that come back', ',a\n5,1\n5,2\n'],
  ['fractions', ',a\n0.5,1\n1.5,2\n'],
  ['numbers below zero', ',a\n-1,1\n0,2\n'],
  ['a missing value', ',a\n0,1\n,2\n'],
  ['texts after numbers', ',a\n0,1\nx,2\n'],
  ['days', ',a\n2024-01-01,1\n2024-01-02,2\n'],
  ['times of the day', ',a\n10:30,1\n10:31,2\n'],
  ['months', ',a\nJan 2024,1\nFeb 2024,2\n'],
  ['quarters', ',a\n2024Q1,1\n2024Q2,2\n'],
])('a first column of %s without a name is data, and the line that names it is told', async (_, text) => {
  expect(await messageOf(text)).toBe(
    'a.csv:1: column 1 of 2 has no name (", a"); give every column a name, or add data: { source: { skip-rows: 1, header: [index, a] } }',
  );
});

test('columns without a name in other places, and several of them, are data', async () => {
  expect(await messageOf('a,,b\n1,x,2\n')).toBe(
    'a.csv:1: column 2 of 3 has no name ("a, , b"); give every column a name, or add data: { source: { skip-rows: 1, header: [a, column_2, b] } }',
  );
  expect(await messageOf(',,b\n0,1,2\n')).toContain('header: [index, column_2, b]');
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
