import { describe, expect, test } from 'vitest';
import fixture from '../fixtures/rank-correlations.json' with { type: 'json' };
import type { DatasetSchema } from '../schema/schema.ts';
import type { Column, Table } from '../table/table.ts';
import { booleans, categories, numbers, schemaOf } from '../testing/dataset-builders.ts';
import { rankCorrelations } from './rank-correlations.ts';

const { features } = fixture;
const flags = (values: readonly (number | null)[]): Column =>
  booleans(values.map((value) => (value === null ? null : value === 1)));
const sides = (values: readonly (number | null)[], labels: readonly [string, string]): Column =>
  categories(values.map((value) => (value === null ? null : labels[value]!)));

function tableOf(target: Column): Table {
  const built = numbers(features.built) as Extract<Column, { type: 'number' }>;
  const columns = new Map<string, Column>([
    ['size', numbers(features.size)],
    ['weight', numbers(features.weight)],
    ['colour', categories(features.size.map((size) => (size > 50 ? 'red' : 'blue')))],
    ['doors', numbers(features.doors)],
    ['built', { ...built, type: 'date' }],
    ['electric', flags(features.electric)],
    ['constant', numbers(features.constant)],
    ['rare', numbers(features.rare)],
    ['y', target],
  ]);
  return { rows: features.size.length, columns };
}

function correlationsOf(target: Column, schema: Partial<DatasetSchema> = {}) {
  const train = tableOf(target);
  return rankCorrelations({ train, schema: { ...schemaOf(train), ...schema } });
}

function close<T extends { rho: number }>(expected: readonly T[]): unknown[] {
  return expected.map(({ rho, ...rest }) => ({ ...rest, rho: expect.closeTo(rho, 12) }));
}

describe('rank correlations of the training rows', () => {
  test('with a number are scipy’s, the strongest first; a constant and a column of 19 values have none', () => {
    const found = correlationsOf(numbers(fixture.price));
    expect(found.target).toEqual(close(fixture.withPrice));
    expect(found).toMatchObject({ rows: 90, features: 7, compared: 5 });
  });

  test.each<[string, Column, string[]]>([
    ['a category', sides(fixture.sold, ['unsold', 'sold']), ['unsold', 'sold']],
    ['the class that comes first in the alphabet', sides(fixture.sold, ['zero', 'one']), ['zero', 'one']],
    ['a boolean', flags(fixture.sold), ['false', 'true']],
  ])('with two classes are those with the positive one: %s', (_, target, classes) => {
    expect(correlationsOf(target, { task: 'binary', classes }).target).toEqual(close(fixture.withSold));
  });

  test('with several classes there are none', () => {
    const target = categories(features.size.map((_, row) => ['a', 'b', 'c'][row % 3]!));
    const found = correlationsOf(target, { task: 'multiclass', classes: ['a', 'b', 'c'] });
    expect(found).not.toHaveProperty('target');
    expect(found.pairs).toEqual(close(fixture.pairs));
  });

  test('between features are scipy’s, and those of 0.9 either way are counted', () => {
    const found = correlationsOf(numbers(fixture.price));
    expect(found.pairs).toEqual(close(fixture.pairs));
    expect(found.nearDuplicates).toBe(fixture.pairs.filter(({ rho }) => Math.abs(rho) >= 0.9).length);
    expect(found.nearDuplicates).toBeGreaterThan(0);
  });
});

describe('what they may cost is bounded', () => {
  test('at most 5,000 rows are looked at, drawn evenly', () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => i);
    const wave = rows.map((i) => (i * 7919) % 10_007);
    const columns = new Map([
      ['x', numbers(wave)],
      ['y', numbers(rows.map((i) => ((i * i) % 1009) + Math.floor(wave[i]! / 20)))],
    ]);
    const train = { rows: rows.length, columns };
    expect(rankCorrelations({ train, schema: schemaOf(train) })).toMatchObject({
      rows: 5000,
      target: [{ feature: 'x', rows: 5000, rho: expect.closeTo(fixture.many, 12) }],
    });
  });

  test('pairs are of the fifty features that go with the target the most, and fifty of them are kept', () => {
    const columns = new Map<string, Column>([
      // Each is more like the target than the one before.
      ...Array.from({ length: 60 }, (_, feature): [string, Column] => [
        `f${feature}`,
        numbers(Array.from({ length: 40 }, (__, row) => (row < 60 - feature ? (row * 17) % 40 : row))),
      ]),
      ['y', numbers(Array.from({ length: 40 }, (_, row) => row))],
    ]);
    const train = { rows: 40, columns };
    const found = rankCorrelations({ train, schema: schemaOf(train) });
    expect(found).toMatchObject({ features: 60, compared: 50 });
    expect(found.target).toHaveLength(60);
    expect(found.pairs).toHaveLength(50);
    const weakest = new Set(found.target!.slice(50).map(({ feature }) => feature));
    expect(found.pairs.flatMap((pair) => pair.features).some((name) => weakest.has(name))).toBe(false);
  });
});
