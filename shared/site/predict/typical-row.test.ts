import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profileTable } from '../../dataset/profile/profile.ts';
import type { NumberProfile } from '../../dataset/profile/profile-schema.ts';
import type { Recipe } from '../../dataset/recipe/recipe-schema.ts';
import type { ColumnSchema, DatasetSchema } from '../../dataset/schema/schema.ts';
import { tableOf } from '../../dataset/table/table.ts';
import { medianOf, stepOf, typicalValue } from './typical-row.ts';

const recipe: Recipe = { version: 1, rows: 1, columns: [], derived: [], features: [], warnings: [] };
const number: ColumnSchema = { name: 'x', type: 'number', role: 'feature', nullable: false };

function profileOf(values: readonly number[], minCount?: number) {
  const schema: DatasetSchema = { version: 1, task: 'regression', target: 'y', key: [], columns: [number] };
  const table = tableOf([['x', { type: 'number', values: Float64Array.from(values) }]]);
  return profileTable(table, schema, minCount === undefined ? {} : { minCount });
}

function numbers(values: readonly number[]): NumberProfile {
  const [column] = profileOf(values).columns;
  if (column?.type !== 'number') throw new TypeError('a profile of numbers was made');
  return column;
}

describe('the median of a profile', () => {
  test('is the lower median of the values, as long as all of them are points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 200 }), (values) => {
        const sorted = values.toSorted((a, b) => a - b);
        expect(medianOf(numbers(values))).toBe(sorted[Math.ceil(values.length / 2) - 1]);
      }),
    );
  });

  test('is undefined without rows', () => {
    expect(medianOf(numbers([]))).toBeUndefined();
  });

  test('lies between the points where half of the rows are in a gap', () => {
    const column = { ...numbers([1, 9]), at: [1, 1], between: [0, 8, 0] };
    expect(medianOf(column)).toBe(5);
  });
});

describe('the typical value', () => {
  test('is written as the values are: whole, or with their decimals', () => {
    expect(stepOf(numbers([1, 2, 3]))).toBe(1);
    expect(stepOf(numbers([1.5, 2.25]))).toBe(0.01);
    expect(typicalValue(number, profileOf([1, 2, 2, 3]), recipe)).toBe(2);
  });

  test('stays within what training saw', () => {
    expect(typicalValue({ ...number, seen: [5, 6] }, profileOf([1, 2, 2, 3]), recipe)).toBe(5);
  });

  test('is the most frequent category, and the more frequent truth', () => {
    const columns = [
      { ...number, name: 'c', type: 'category' as const },
      { ...number, name: 'b', type: 'boolean' as const },
    ];
    const schema: DatasetSchema = { version: 1, task: 'regression', target: 'y', key: [], columns };
    const table = tableOf([
      ['c', { type: 'category', codes: Int32Array.of(0, 1, 1, -1), dictionary: ['red', 'green'] }],
      ['b', { type: 'boolean', values: Int8Array.of(1, 1, 0, -1) }],
    ]);
    const profile = profileTable(table, schema);
    expect(columns.map((column) => typicalValue(column, profile, recipe))).toEqual(['green', true]);
  });

  test('is what the recipe imputes where nothing may be published, else the middle of the range', () => {
    const unpublished = { version: 1 as const, rows: 0, columns: [] };
    const feature = {
      ...{ kind: 'number' as const, column: 'x', impute: 7.5, indicator: false },
      ...{ transform: { type: 'none' as const }, scaling: { type: 'none' as const } },
    };
    expect(typicalValue(number, unpublished, { ...recipe, features: [feature] })).toBe(7.5);
    expect(typicalValue({ ...number, seen: [10, 20] }, unpublished, recipe)).toBe(15);
    expect(typicalValue({ ...number, nullable: true }, unpublished, recipe)).toBeNull();
  });
});
