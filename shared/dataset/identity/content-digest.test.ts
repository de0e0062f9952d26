import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableFromArrow, tableToArrow } from '../arrow/arrow.ts';
import { type Column, type Table, tableOf, takeRows } from '../table/table.ts';
import { booleans, categories, dates, numbers } from '../testing/dataset-builders.ts';
import { contentDigests } from './content-digest.ts';

const cells = fc.array(
  fc.record({
    n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    t: fc.option(fc.string({ maxLength: 6 })),
    b: fc.option(fc.boolean()),
  }),
  { minLength: 1, maxLength: 20 },
);
const tableFrom = (rows: readonly { n: number | null; t: string | null; b: boolean | null }[]): Table =>
  tableOf([
    ['n', numbers(rows.map(({ n }) => n))],
    ['t', categories(rows.map(({ t }) => t))],
    ['b', booleans(rows.map(({ b }) => b))],
  ]);
const names = ['n', 't', 'b'];
const one = (column: Column) => [...contentDigests(tableOf([['x', column]]), ['x'])];

describe('the digest of a row', () => {
  it('is the same whatever the order of columns and the other rows are, and in another file', () => {
    fc.assert(
      fc.property(cells, fc.nat(), (rows, at) => {
        const table = tableFrom(rows);
        const digests = contentDigests(table, names);
        const reordered = tableOf([...table.columns].reverse());
        expect(contentDigests(reordered, ['b', 't', 'n'])).toEqual(digests);
        const row = at % rows.length;
        expect(contentDigests(takeRows(table, Uint32Array.of(row)), names)).toEqual(
          digests.slice(row, row + 1),
        );
        const read = tableFromArrow(tableToArrow(table), 'rows.arrow').table;
        expect(contentDigests(read, names)).toEqual(digests);
      }),
    );
  });

  it('is another one where a value is', () => {
    fc.assert(
      fc.property(cells, fc.nat(), fc.constantFrom('n', 't', 'b'), (rows, at, name) => {
        const row = at % rows.length;
        const edited = rows.map((cell, i) => {
          if (i !== row) return cell;
          if (name === 'n') return { ...cell, n: cell.n === null ? 1 : cell.n === 7 ? 8 : 7 };
          if (name === 't') return { ...cell, t: cell.t === null ? 'x' : `${cell.t}~` };
          return { ...cell, b: cell.b === null ? true : !cell.b };
        });
        const [before, after] = [rows, edited].map((all) => contentDigests(tableFrom(all), names));
        expect(Array.from(before!, (digest, i) => digest === after![i])).toEqual(
          rows.map((_, i) => i !== row),
        );
      }),
    );
  });

  it('is of the values, whatever the type of their column', () => {
    expect(one(categories(['7', '7.0', '-2.5', null, '0']))).toEqual(one(numbers([7, 7, -2.5, null, -0])));
    expect(one(categories(['true', null, 'false']))).toEqual(one(booleans([true, null, false])));
    expect(one(categories(['2024-01-01', null]))).toEqual(one(dates(['2024-01-01', null])));
    expect(new Set(one(categories(['007', '7', 'true', null, '2024-01-01', '']))).size).toBe(6);
  });

  it('tells values in one column from the same in another', () => {
    const pair = (a: number | null, b: number | null) =>
      contentDigests(
        tableOf([
          ['a', numbers([a])],
          ['b', numbers([b])],
        ]),
        ['a', 'b'],
      )[0];
    expect(new Set([pair(1, 2), pair(2, 1), pair(1, null), pair(null, 1)]).size).toBe(4);
  });

  it('is different for each of 200,000 different rows', () => {
    const column = numbers(Array.from({ length: 200_000 }, (_, i) => i / 8));
    expect(new Set(one(column)).size).toBe(200_000);
  });

  // Lists that a model keeps are compared with those of later versions of Ciclo. By the same mixing in Python.
  it('stays the number that it was', () => {
    const table = tableOf([
      ['weight', numbers([1200.5, null])],
      ['origin', categories(['Japan', 'España'])],
    ]);
    expect(Array.from(contentDigests(table, ['weight', 'origin']), (digest) => digest.toString(16))).toEqual([
      '11707099634abb73',
      '75364b42d63a5b99',
    ]);
  });
});
