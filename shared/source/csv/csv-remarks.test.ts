import { expect, test } from 'vitest';
import { rowsOf } from '../testing/read-helpers.ts';
import { readAndHear } from '../testing/real-tables.ts';

const files = { 'a.csv': 'zip,n\n10115,007\n01067,12\n', 'b.csv': 'zip,n\n00501,1\n,2\n' };

test('digits of one length with zeros in front are names, and told', async () => {
  const { table, told } = await readAndHear(files);
  expect(rowsOf(table).map(({ zip }) => zip)).toEqual(['10115', '01067', '00501', null]);
  expect(told[0]).toBe(
    'column "zip": all values have 5 digits, 2 of them with zeros in front (a.csv row 2: "01067"): they are read as ' +
      'names, so that no zero is lost. If they are amounts, add features: { zip: { type: number } }',
  );
});

test('other numbers with zeros in front are told once a column, with the line to add', async () => {
  const { table, told } = await readAndHear(files);
  expect(rowsOf(table).map(({ n }) => n)).toEqual([7, 12, 1, 2]);
  expect(told.slice(1)).toEqual([
    'column "n": one number has zeros in front, which are lost (a.csv row 1: "007" is read as 7). If they are ' +
      'names, add features: { n: { type: category } }',
  ]);
});

test('nothing is said of a declared column, and a column of numbers stays one', async () => {
  const { table, told } = await readAndHear(
    files,
    {},
    {
      numberColumns: new Set(['zip']),
      declaredColumns: new Set(['zip', 'n']),
    },
  );
  expect(rowsOf(table).map(({ zip }) => zip)).toEqual([10115, 1067, 501, null]);
  expect(told).toEqual([]);
});

test('a column of numbers of one length with decimals stays one', async () => {
  const { table } = await readAndHear({ 'a.csv': 'x\n08.15\n12.30\n' });
  expect(rowsOf(table)).toEqual([{ x: 8.15 }, { x: 12.3 }]);
  const hours = await readAndHear({ 'a.csv': 'hour\n08\n12\n' });
  expect(rowsOf(hours.table)).toEqual([{ hour: 8 }, { hour: 12 }]);
});

test('digits around an e are told as what they may be; a number as programs write it is not', async () => {
  const { told } = await readAndHear({ 'a.csv': 'id,x\n4711,1.5e-3\n12e5,2e+05\n1E10,3\n' });
  expect(told).toEqual([
    'column "id": 2 values are read as a number with an exponent (a.csv row 2: "12e5" is 1200000). If they are ' +
      'names, such as hexadecimal ones, add features: { id: { type: category } }',
  ]);
});

test("Excel's errors are missing and told, in columns of numbers and of texts", async () => {
  const options = { missingMarkers: ['', '#DIV/0!', '#N/A'] };
  const text = 'x,t,y\n1,a,#N/A\n#DIV/0!,#N/A,2\n#DIV/0!,b,3\n';
  const { table, told } = await readAndHear({ 'a.csv': text }, {}, options);
  expect(rowsOf(table)).toEqual([
    { x: 1, t: 'a', y: null },
    { x: null, t: null, y: 2 },
    { x: null, t: 'b', y: 3 },
  ]);
  expect(told).toEqual([
    'column "x": 2 values are "#DIV/0!" (a.csv row 2) and count as missing',
    'column "t": one value is "#N/A" (a.csv row 2) and counts as missing',
    'column "y": one value is "#N/A" (a.csv row 1) and counts as missing',
  ]);
});

test('the markers of a regression target are told, whatever they are, also after words', async () => {
  const labels = { column: 'y', classes: false, strict: true };
  const { told } = await readAndHear({ 'a.csv': 'x,y\n1,2\n2,NA\n3,NA\n4,\n' }, {}, { labels });
  expect(told).toEqual(['column "y": 2 values are "NA" (a.csv row 2) and count as missing']);
  const words = await readAndHear({ 'a.csv': 'x,y\n1,NA\n2,NA\n3,high\n' }, {}, { labels });
  expect(words.told).toEqual(['column "y": 2 values are "NA" (a.csv row 1) and count as missing']);
});

test('None among words is told, with the line that makes it a kind of its own, and among numbers it is not', async () => {
  const rows = 'coma,n\nNone,1\nStupor,None\nNone,3\nComa,4\n';
  const markers = { missingMarkers: ['', 'None'] };
  const { table, told } = await readAndHear({ 'a.csv': rows }, {}, markers);
  expect(rowsOf(table).map(({ coma, n }) => [coma, n])).toEqual([
    [null, 1],
    ['Stupor', null],
    [null, 3],
    ['Coma', 4],
  ]);
  expect(told).toEqual([
    'column "coma": 2 values are "None" (a.csv row 1) and count as missing. If None is a kind of its own, add ' +
      'prepare: { missing-markers: { except: ["None"] } }',
  ]);
  const declared = { ...markers, declaredColumns: new Set(['coma']) };
  expect((await readAndHear({ 'a.csv': rows }, {}, declared)).told).toEqual([]);
});
