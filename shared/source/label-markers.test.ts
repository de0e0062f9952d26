import { describe, expect, test } from 'vitest';
import { prepareSchema } from '../config/sections/prepare-section.ts';
import { messageFrom, rowsOf } from './testing/read-helpers.ts';
import { readAndHear } from './testing/real-tables.ts';

const { 'missing-markers': missingMarkers } = prepareSchema.parse({});
const labels = { column: 'y', classes: true, strict: true };
const options = { missingMarkers, labels, textColumns: new Set(['y']) };

/** Rows with the labels that are given, so many of each. */
function rowsWith(counts: Readonly<Record<string, number>>): { x: number; y: string }[] {
  return Object.entries(counts).flatMap(([y, count]) => Array.from({ length: count }, (_, x) => ({ x, y })));
}

const csvOf = (counts: Readonly<Record<string, number>>) => ({
  'a.csv': `x,y\n${rowsWith(counts)
    .map(({ x, y }) => `${x},${y}\n`)
    .join('')}`,
});

describe('a marker among the labels of a classifier', () => {
  test('that is a class by its share stops, with its count and the lines to add', async () => {
    expect(await messageFrom(readAndHear(csvOf({ None: 80, minor: 15, major: 5 }), {}, options))).toBe(
      'target: "y" is "None" in 80 of 100 rows, and prepare.missing-markers takes that text for a missing value, ' +
        'beside the classes "minor", "major". If it is a class, add\n' +
        '  prepare: { missing-markers: { except: ["None"] } }\n' +
        'If these rows have no label and are to be left out, add\n  prepare: { missing-target: drop }',
    );
  });

  test('that is as frequent as the rarest class stops too, in JSON as in CSV', async () => {
    const counts = { NA: 3, common: 194, rare: 3 };
    const stop = /^target: "y" is "NA" in 3 of 200 rows/;
    expect(await messageFrom(readAndHear(csvOf(counts), {}, options))).toMatch(stop);
    const json = { 'a.json': JSON.stringify(rowsWith(counts)) };
    expect(await messageFrom(readAndHear(json, {}, options))).toMatch(stop);
  });

  test('that is rare is missing, and reported', async () => {
    const { table, told } = await readAndHear(csvOf({ 'n/a': 2, yes: 60, no: 50 }), {}, options);
    expect(rowsOf(table).filter(({ y }) => y === null)).toHaveLength(2);
    expect(table.columns.get('y')).toMatchObject({ dictionary: ['yes', 'no'] });
    expect(told).toEqual(['target "y": 2 rows are "n/a" and count as missing (prepare.missing-markers)']);
  });

  test('is missing where ciclo.yml says how rows without a target are treated', async () => {
    const lenient = { ...options, labels: { ...labels, strict: false } };
    const { table, told } = await readAndHear(csvOf({ None: 80, minor: 20 }), {}, lenient);
    expect(rowsOf(table).filter(({ y }) => y === null)).toHaveLength(80);
    expect(told).toHaveLength(1);
  });

  test('is a class where it is not a marker', async () => {
    const markers = prepareSchema.parse({ 'missing-markers': { except: ['None'] } })['missing-markers'];
    const { table, told } = await readAndHear(
      csvOf({ None: 80, minor: 20 }),
      {},
      {
        ...options,
        missingMarkers: markers,
      },
    );
    expect(table.columns.get('y')).toMatchObject({ dictionary: ['None', 'minor'] });
    expect(told).toEqual([]);
  });
});

test('where no label is left, all of them are missing: which column is the target is then the question', async () => {
  const { table } = await readAndHear(csvOf({ NA: 30 }), {}, options);
  expect(table.columns.get('y')).toMatchObject({ dictionary: [] });
});

test('an empty label, NaN and errors of Excel are missing however many they are', async () => {
  const { table } = await readAndHear(csvOf({ '': 50, NaN: 30, '#N/A': 30, a: 2, b: 2 }), {}, options);
  expect(table.columns.get('y')).toMatchObject({ dictionary: ['a', 'b'] });
});

test('other columns lose all markers without a word', async () => {
  const text = 'x,y\nNone,a\nnull,b\n1,a\n';
  const { table, told } = await readAndHear({ 'a.csv': text }, {}, options);
  expect(rowsOf(table).map(({ x }) => x)).toEqual([null, null, 1]);
  expect(told).toEqual([]);
});
