import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, type Table, tableOf, takeRows } from '../table/table.ts';
import { booleans, categories, dates, numbers } from '../testing/dataset-builders.ts';
import { findEqualRows, rowsInGroups } from './equal-rows.ts';
import { hashRows } from './row-hash.ts';
import { keyWords, takeIds } from './row-id.ts';
import { identifyRows } from './row-identity.ts';

const cell = {
  number: fc.option(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(-0, 0.5, 1e300)), { freq: 5 }),
  text: fc.option(fc.constantFrom('', 'a', 'b', '1'), { freq: 5 }),
  truth: fc.option(fc.boolean(), { freq: 5 }),
};
const rows = fc.array(fc.tuple(cell.number, cell.text, cell.truth), { minLength: 1, maxLength: 300 });
type Rows = readonly (readonly [number | null, string | null, boolean | null])[];

function tableOfRows(records: Rows): Table {
  return tableOf([
    ['n', numbers(records.map(([n]) => n))],
    ['t', categories(records.map(([, t]) => t))],
    ['b', booleans(records.map(([, , b]) => b))],
  ]);
}

const all = (table: Table): Uint32Array => Uint32Array.from({ length: table.rows }, (_, row) => row);

function idsOf(table: Table, key = ['n', 't', 'b']): bigint[] {
  return [...takeIds(identifyRows(table, key).ids, all(table))];
}

describe('equal rows', () => {
  it('are those whose values are equal', () => {
    fc.assert(
      fc.property(rows, (records) => {
        const found = findEqualRows(hashRows(tableOfRows(records), ['n', 't', 'b']));
        const texts = records.map(([n, t, b]) => JSON.stringify([n === null ? null : n + 0, t, b]));
        const first = texts.map((text) => texts.indexOf(text));
        expect([...found.first]).toEqual(first);
        expect(found.repeated).toBe(first.filter((row, i) => row !== i).length);
        const twins = first
          .map((row, i) => (texts.lastIndexOf(texts[i]!) !== row ? i : -1))
          .filter((i) => i >= 0);
        expect([...rowsInGroups(found)]).toEqual(twins);
      }),
      { numRuns: 300 },
    );
  });

  it('are found among many, the same ones as by a set', () => {
    const values = Float64Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 150_001);
    const found = findEqualRows(hashRows(tableOf([['n', { type: 'number', values }]]), ['n']));
    expect(found.repeated).toBe(values.length - new Set(values).size);
    for (let row = 0; row < values.length; row += 97) expect(values[found.first[row]!]).toBe(values[row]);
  });

  it('do not crash when all are equal', () => {
    const values = new Float64Array(100_000);
    const found = findEqualRows(hashRows(tableOf([['n', { type: 'number', values }]]), ['n']));
    expect(found.repeated).toBe(99_999);
  });
});

describe('a row id', () => {
  it('is unique, though keys repeat', () => {
    fc.assert(
      fc.property(rows, (records) => {
        const ids = idsOf(tableOfRows(records), ['t']);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('stays when rows are added behind, and does not depend on other columns', () => {
    fc.assert(
      fc.property(rows, rows, (before, added) => {
        const ids = idsOf(tableOfRows(before), ['n', 't']);
        const later = tableOfRows([...before.map(([n, t]) => [n, t, null] as const), ...added]);
        expect(idsOf(later, ['n', 't']).slice(0, ids.length)).toEqual(ids);
      }),
    );
  });

  it('has the same upper half for equal keys, and does not depend on the order of the dictionary', () => {
    fc.assert(
      fc.property(rows, fc.integer(), (records, seed) => {
        const table = tableOfRows(records);
        const order = all(table).sort((a, b) => Math.sin(a + seed) - Math.sin(b + seed));
        const shuffled = tableOfRows([...order].map((row) => records[row]!));
        const words = keyWords(takeIds(identifyRows(table, ['t']).ids, all(table)));
        const moved = keyWords(takeIds(identifyRows(shuffled, ['t']).ids, all(table)));
        expect([...moved]).toEqual([...order].map((row) => words[row]!));
        expect(idsOf(takeRows(shuffled, all(table)))).toEqual(idsOf(shuffled));
      }),
    );
  });

  it('tells apart values of different types, missing ones and their order in the key', () => {
    const columns: Column[] = [
      numbers([1]),
      categories(['1']),
      booleans([true]),
      dates(['1970-01-01T00:00:00.001Z']),
      numbers([null]),
      numbers([0]),
      categories(['']),
    ];
    const ids = columns.map((column) => idsOf(tableOf([['x', column]]), ['x'])[0]);
    expect(new Set(ids).size).toBe(columns.length);
    const pair = tableOf([
      ['a', categories(['x'])],
      ['b', categories(['y'])],
    ]);
    expect(idsOf(pair, ['a', 'b'])).not.toEqual(idsOf(pair, ['b', 'a']));
    expect(idsOf(tableOf([['x', numbers([-0])]]), ['x'])).toEqual(
      idsOf(tableOf([['x', numbers([0])]]), ['x']),
    );
  });
});
