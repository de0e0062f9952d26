import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnSchema } from '../schema/schema.ts';
import { type Column, tableOf } from '../table/table.ts';
import { booleans, categories, numbers, schemaOf } from '../testing/dataset-builders.ts';
import { dataChanges, type TrainingData } from './data-changes.ts';
import { profileTable } from './profile.ts';

function trainingData(
  columns: Readonly<Record<string, Column>>,
  options: { readonly schema?: Record<string, Partial<ColumnSchema>>; readonly minCount?: number } = {},
): TrainingData {
  const table = tableOf(Object.entries(columns));
  const schema = schemaOf(table, options.schema);
  const profile = profileTable(
    table,
    schema,
    options.minCount === undefined ? {} : { minCount: options.minCount },
  );
  return { schema, profile };
}

const repeat = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([value, count]) => Array<string>(count).fill(value));

describe('the schema', () => {
  const before = trainingData({ y: numbers([1, 2]), a: numbers([1, 2]), b: numbers([1, 2]) });

  test('new, gone and retyped columns come before any other, and what no model sees comes last', () => {
    const after = trainingData(
      {
        y: numbers([1, 2]),
        b: categories(['1', '2']),
        c: numbers([1, 2]),
        key: numbers([1, 2]),
      },
      { schema: { key: { role: 'ignored' } } },
    );
    expect(dataChanges(before, after).columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'a gone',
      'b retyped',
      'c new',
      'key new',
    ]);
  });

  test('a feature that models see no more is a change of its role', () => {
    const after = trainingData(
      { y: numbers([1, 2]), a: numbers([1, 2]), b: numbers([1, 2]) },
      { schema: { a: { role: 'ignored' } } },
    );
    const [change] = dataChanges(before, after).columns;
    expect(change).toMatchObject({ name: 'a', kind: 'role', roles: { before: 'feature', after: 'ignored' } });
  });

  test('another target and other classes are said', () => {
    const classes = (list: string[]): TrainingData => ({
      ...before,
      schema: { ...before.schema, classes: list },
    });
    const changes = dataChanges(classes(['a', 'b']), {
      ...classes(['b', 'c']),
      schema: { ...classes(['b', 'c']).schema, target: 'z' },
    });
    expect(changes.classes).toEqual({ added: ['c'], gone: ['a'] });
    expect(changes.target).toEqual({ before: 'y', after: 'z' });
  });
});

describe('values', () => {
  test('numbers move in units of the old standard deviation', () => {
    const before = trainingData({ x: numbers([1, 3, 1, 3]) });
    const after = trainingData({ x: numbers([4, 8, 4, 8, null]) });
    const [change] = dataChanges(before, after).columns;
    expect(change).toMatchObject({
      kind: 'values',
      numbers: { mean: { before: 2, after: 6 }, spread: { before: 1, after: 2 }, shift: 4 },
      missing: { before: 0, after: 0.2 },
      weight: 1,
    });
  });

  test('a constant that becomes another has no standard deviation to be measured in', () => {
    const [change] = dataChanges(
      trainingData({ x: numbers([1, 1]) }),
      trainingData({ x: numbers([2, 2]) }),
    ).columns;
    expect(change).toMatchObject({ numbers: { shift: null }, weight: 1 });
  });

  test('categories: what is new, what is gone, what moved most', () => {
    const before = trainingData({ c: categories(repeat({ a: 5, b: 4, d: 1 })) });
    const after = trainingData({ c: categories(repeat({ a: 2, b: 6, e: 2 })) });
    const [change] = dataChanges(before, after).columns;
    expect(change!.categories).toEqual({
      added: [{ value: 'e', share: 0.2 }],
      gone: [{ value: 'd', share: 0.1 }],
      moved: 0.4,
      most: { value: 'a', before: 0.5, after: 0.2 },
    });
    expect(change!.weight).toBe(0.4);
  });

  test('a category that the champion’s published profile merged with others is not called new', () => {
    const before = trainingData({ c: categories(repeat({ a: 10, b: 10, rare: 1 })) }, { minCount: 5 });
    const after = trainingData({ c: categories(repeat({ a: 10, b: 10, rare: 1 })) });
    expect(dataChanges(before, after).columns).toEqual([]);
    const gone = dataChanges(after, before).columns;
    expect(gone).toEqual([]);
  });

  test('booleans by the share that is true', () => {
    const [change] = dataChanges(
      trainingData({ b: booleans([true, true, false, false]) }),
      trainingData({ b: booleans([true, true, true, false]) }),
    ).columns;
    expect(change).toMatchObject({ trueShare: { before: 0.5, after: 0.75 }, weight: 0.25 });
  });

  test('what moved most comes first', () => {
    const before = trainingData({ a: numbers([1, 3]), b: numbers([1, 3]), c: categories(['x', 'y']) });
    const after = trainingData({ a: numbers([1.1, 3.1]), b: numbers([2, 4]), c: categories(['x', 'x']) });
    expect(dataChanges(before, after).columns.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  });

  test('a column without a value on one side does not fail', () => {
    const before = trainingData({ x: numbers([null, null]) });
    const after = trainingData({ x: numbers([1, 2]) });
    expect(dataChanges(before, after).columns).toMatchObject([
      { name: 'x', missing: { before: 1, after: 0 } },
    ]);
  });
});

const row = fc.record({
  n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  c: fc.option(fc.string({ maxLength: 2 })),
  b: fc.option(fc.boolean()),
});
const made = fc.array(row, { maxLength: 30 }).map((rows) =>
  trainingData({
    n: numbers(rows.map(({ n }) => n)),
    c: categories(rows.map(({ c }) => c)),
    b: booleans(rows.map(({ b }) => b)),
  }),
);

test('data has no change against itself', () => {
  fc.assert(
    fc.property(made, (data) => {
      expect(dataChanges(data, data).columns).toEqual([]);
    }),
  );
});

test('of any two tables weights are sorted, finite, and at most 1 while the schema is the same', () => {
  fc.assert(
    fc.property(made, made, (before, after) => {
      const weights = dataChanges(before, after).columns.map(({ weight }) => weight);
      expect(weights).toEqual(weights.toSorted((a, b) => b - a));
      for (const weight of weights) expect(weight > 0 && weight <= 1).toBe(true);
    }),
  );
});
