import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Column, type Table, tableOf, takeRows, type Value, valueAt } from '../table/table.ts';
import { booleans, categories, dates, numbers } from '../testing/dataset-builders.ts';
import { type JoinedLabels, joinLabels } from './join-labels.ts';

const table = (columns: Readonly<Record<string, Column>>): Table => tableOf(Object.entries(columns));
const valuesOf = (column: Column, rows: number): Value[] =>
  Array.from({ length: rows }, (_, row) => valueAt(column, row));

/** The labels that rows of the keys get from labels of the same column of keys. */
function joined(
  rows: Readonly<Record<string, Column>>,
  labels: Readonly<Record<string, Column>>,
  key: readonly string[] = ['id'],
): Omit<JoinedLabels, 'labels'> & { readonly labels: Value[] } {
  const left = table(rows);
  const { labels: column, ...counts } = joinLabels(left, table(labels), { key, target: 'y' });
  return { labels: valuesOf(column, left.rows), ...counts };
}

const none = { joined: 0, contradicting: 0, notFound: 0, keyless: 0 };

describe('labels that come late', () => {
  test('go to the rows of their key, whatever the order', () => {
    expect(
      joined({ id: categories(['a', 'b', 'c']) }, { id: categories(['c', 'a']), y: numbers([3, 1]) }),
    ).toEqual({ ...none, labels: [1, null, 3], joined: 2 });
  });

  test('need all columns of the key', () => {
    const rows = { request: categories(['r', 'r', 's']), record: numbers([0, 1, 0]) };
    const labels = {
      request: categories(['r', 's', 's']),
      record: numbers([1, 0, 1]),
      y: categories(['yes', 'no', 'no']),
    };
    expect(joined(rows, labels, ['request', 'record'])).toEqual({
      ...none,
      labels: [null, 'yes', 'no'],
      joined: 2,
      notFound: 1,
    });
  });

  test.each([
    ['numbers', numbers([7, 8, 0]), categories(['7.0', '8', '-0'])],
    ['texts', categories(['7', ' 8', '0']), numbers([7, 8, -0])],
    [
      'whole numbers written in passing with a point',
      categories(['7', '8.0', '0']),
      categories(['7.0', '8', '0.00']),
    ],
    [
      'dates',
      dates(['2026-03-01', '2026-03-02', '2026-03-03']),
      categories(['2026-03-01', '2026-03-02T00:00:00Z', '2026-03-03T02:00+02:00']),
    ],
    ['truths', booleans([true, true, false]), categories(['True', 'yes', '0'])],
    ['truths as numbers', booleans([true, true, false]), numbers([1, 1, 0])],
  ])('find %s that the other side has as another type', (_, left, right) => {
    const found = joined({ id: left }, { id: right, y: numbers([10, 10, 30]) });
    expect(found).toEqual({ ...none, labels: [10, 10, 30], joined: 3 });
  });

  test('of other identifiers are not taken for a row’s: leading zeros, versions and letters count', () => {
    const rows = { id: categories(['007', '1.10', 'a1', '9007199254740993']) };
    const labels = { id: categories(['7', '1.1', 'A1', '9007199254740992']), y: numbers([1, 2, 3, 4]) };
    expect(joined(rows, labels)).toEqual({ ...none, labels: [null, null, null, null], notFound: 4 });
    expect(joined({ id: numbers([7]) }, { id: categories(['x']), y: numbers([1]) })).toMatchObject({
      joined: 0,
      notFound: 1,
      keyless: 0,
    });
  });

  test('never match by a value that is missing', () => {
    const rows = { a: numbers([1, null, 1]), b: categories(['x', 'x', null]) };
    const labels = { a: numbers([null, 1, 1]), b: categories(['x', null, 'x']), y: numbers([5, 6, 7]) };
    expect(joined(rows, labels, ['a', 'b'])).toEqual({
      ...none,
      labels: [7, null, null],
      joined: 1,
      keyless: 2,
    });
    expect(joined({ id: numbers([null, null]) }, { id: numbers([null]), y: numbers([1]) }).joined).toBe(0);
  });

  test('that come twice and agree count once; those that contradict each other label nothing', () => {
    const rows = { id: numbers([1, 2, 2, 3]) };
    const labels = { id: numbers([1, 1, 2, 2, 2, 3]), y: numbers([5, 5, 6, 6.5, 6, null]) };
    expect(joined(rows, labels)).toEqual({
      ...none,
      labels: [5, null, null, null],
      joined: 1,
      contradicting: 2,
    });
  });

  test('do not replace a label that a row has itself', () => {
    const rows = { id: numbers([1, 2, 3]), y: categories(['a', null, 'b']) };
    const labels = { id: numbers([1, 2, 3, 3]), y: categories(['b', 'c', 'a', 'c']) };
    expect(joined(rows, labels)).toEqual({ ...none, labels: ['a', 'c', 'b'], joined: 1 });
  });

  test('and are missing themselves are waited for', () => {
    expect(joined({ id: numbers([1]) }, { id: numbers([1, 9]), y: booleans([null, null]) })).toEqual({
      ...none,
      labels: [null],
    });
  });
});

const cells = fc.record({
  rows: fc.array(fc.tuple(fc.nat(6), fc.option(fc.nat(2), { freq: 3 }), fc.option(fc.nat(3))), {
    maxLength: 30,
  }),
  labels: fc.array(fc.tuple(fc.nat(8), fc.option(fc.nat(2), { freq: 5 }), fc.option(fc.nat(3))), {
    maxLength: 30,
  }),
  seed: fc.array(fc.double({ noNaN: true }), { minLength: 30, maxLength: 30 }),
});

type Cells = readonly (readonly [number, number | null, number | null])[];

const keyed = (rows: Cells): Table =>
  table({
    a: numbers(rows.map(([a]) => a)),
    b: categories(rows.map(([, b]) => (b === null ? null : `b${b}`))),
    y: numbers(rows.map(([, , y]) => y)),
  });

const join = (rows: Table, labels: Table): JoinedLabels =>
  joinLabels(rows, labels, { key: ['a', 'b'], target: 'y' });

describe('the join', () => {
  test('is what a loop over all pairs of rows and labels finds', () => {
    fc.assert(
      fc.property(cells, ({ rows, labels }) => {
        const found = join(keyed(rows), keyed(labels));
        const expected = rows.map(([a, b, y]) => {
          if (y !== null || b === null) return y;
          const came = labels.filter((label) => label[0] === a && label[1] === b && label[2] !== null);
          const values = [...new Set(came.map((label) => label[2]!))];
          return values.length === 1 ? values[0]! : null;
        });
        expect(valuesOf(found.labels, rows.length)).toEqual(expected);
        const labelled = labels.filter(([, , y]) => y !== null);
        expect(found.keyless).toBe(labelled.filter(([, b]) => b === null).length);
        expect(found.notFound).toBe(
          labelled.filter(([a, b]) => b !== null && !rows.some((row) => row[0] === a && row[1] === b)).length,
        );
      }),
    );
  });

  test('does not depend on the order of the labels, nor of the rows', () => {
    fc.assert(
      fc.property(cells, ({ rows, labels, seed }) => {
        const shuffled = (length: number): Uint32Array =>
          Uint32Array.from({ length }, (_, i) => i).sort((i, j) => seed[i]! - seed[j]! || i - j);
        const one = join(keyed(rows), keyed(labels));
        const order = shuffled(rows.length);
        const other = join(takeRows(keyed(rows), order), takeRows(keyed(labels), shuffled(labels.length)));
        const { labels: column, ...counts } = one;
        const { labels: otherColumn, ...otherCounts } = other;
        expect(otherCounts).toEqual(counts);
        expect(valuesOf(otherColumn, rows.length)).toEqual(Array.from(order, (row) => valueAt(column, row)));
      }),
    );
  });

  test('changes nothing where every row has its own label', () => {
    fc.assert(
      fc.property(cells, ({ rows, labels }) => {
        const own = rows.map(([a, b, y]) => [a, b, y ?? 9] as const);
        const { labels: column, joined, contradicting } = join(keyed(own), keyed(labels));
        expect(valuesOf(column, own.length)).toEqual(own.map(([, , y]) => y));
        expect({ joined, contradicting }).toEqual({ joined: 0, contradicting: 0 });
      }),
    );
  });
});
