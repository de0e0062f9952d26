import { expect, test } from 'vitest';
import { tableToArrow } from '../../dataset/arrow/arrow.ts';
import { tableToParquet } from '../../dataset/parquet/parquet.ts';
import { tableOf } from '../../dataset/table/table.ts';
import { rowsOf } from '../testing/read-helpers.ts';
import { readAndHear } from '../testing/real-tables.ts';

const markers = { missingMarkers: ['', 'None', '#N/A'] };
const advice = '. If None is a kind of its own, add prepare: { missing-markers: { except: ["None"] } }';
const stored = tableOf([
  ['coma', { type: 'category', codes: Int32Array.of(0, 1, 0, 2), dictionary: ['None', 'Stupor', '#N/A'] }],
  ['digits', { type: 'category', codes: Int32Array.of(0, 1, 0, 1), dictionary: ['None', '7'] }],
]);
const read = [
  { coma: null, digits: null },
  { coma: 'Stupor', digits: '7' },
  { coma: null, digits: null },
  { coma: null, digits: '7' },
];
const json = JSON.stringify([
  { coma: 'None', digits: 'None' },
  { coma: 'Stupor', digits: '7' },
  { coma: 'None', digits: 'None' },
  { coma: '#N/A', digits: '7' },
]);

test('None among words, and an error of Excel, are told in JSON, with how often they are there', async () => {
  const { table, told } = await readAndHear({ 'a.json': json }, {}, markers);
  expect(rowsOf(table)).toEqual(read);
  expect(told).toEqual([
    `column "coma": 2 values are "None" and count as missing${advice}`,
    'column "coma": one value is "#N/A" and counts as missing',
  ]);
});

test.each([
  ['a.parquet', tableToParquet(stored)],
  ['a.arrow', tableToArrow(stored)],
])('they are told in %s', async (name, bytes) => {
  const { table, told } = await readAndHear({ [name]: bytes }, {}, markers);
  expect(rowsOf(table)).toEqual(read);
  expect(told).toEqual([
    `column "coma": "None" counts as missing${advice}`,
    'column "coma": "#N/A" counts as missing',
  ]);
});

test('None is told neither where ciclo.yml declares the column nor among labels', async () => {
  const declared = { ...markers, declaredColumns: new Set(['coma']) };
  expect((await readAndHear({ 'a.parquet': tableToParquet(stored) }, {}, declared)).told).toEqual([
    'column "coma": "#N/A" counts as missing',
  ]);
  const labels = { column: 'coma', classes: true, strict: false };
  const { told } = await readAndHear({ 'a.json': json }, {}, { ...markers, labels });
  expect(told).toEqual(['target "coma": 2 rows are "None" and count as missing (prepare.missing-markers)']);
});
