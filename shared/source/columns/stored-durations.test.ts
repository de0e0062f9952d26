import { expect, test } from 'vitest';
import { rowsOf } from '../testing/read-helpers.ts';
import { readAndHear, realTables } from '../testing/real-tables.ts';

test.each([
  ['ms', 'milliseconds', 1000],
  ['us', 'microseconds', 1_000_000],
  ['ns', 'nanoseconds', 1_000_000_000],
])('durations that pandas wrote in %s are told with their unit', async (unit, words, second) => {
  const { table, told } = await readAndHear({ 'waits.parquet': realTables.durations[unit]! });
  expect(rowsOf(table)).toEqual([
    { wait: second, y: 1 },
    { wait: 90 * second, y: 2 },
  ]);
  expect(told).toEqual([
    `column "wait": durations of pandas are read as numbers of ${words}, and another version of pandas may write other units: ` +
      'write numbers of one unit, such as .dt.total_seconds()',
  ]);
});

test('a table without durations says nothing of them', async () => {
  const { told } = await readAndHear({ 'a.parquet': realTables.index['named.parquet']! });
  expect(told).toEqual([]);
});

test.each([
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
])('durations that PyArrow wrote without pandas in %s are told with their unit', async (unit, words) => {
  const { table, told } = await readAndHear({ 'waits.parquet': realTables.durations_of_others[unit]! });
  expect(rowsOf(table)).toEqual([
    { wait: 1, y: 1 },
    { wait: 90, y: 2 },
  ]);
  expect(told).toEqual([
    `column "wait": durations are read as numbers of ${words}, and another program may write other units: ` +
      'write numbers of one unit, such as seconds',
  ]);
});
