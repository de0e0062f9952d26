import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../platform/time-lengths.ts';
import type { ColumnSchema } from '../schema/schema.ts';
import type { NumberFeature, Recipe } from './recipe-schema.ts';
import { roundStep, stepOf, typicalRow, typicalValue, writtenValue } from './typical-row.ts';

const number: ColumnSchema = { name: 'x', type: 'number', role: 'feature', nullable: false };

function recipeOf(parts: Partial<NumberFeature> = {}): Recipe {
  const feature: NumberFeature = {
    kind: 'number',
    column: 'x',
    impute: 0,
    indicator: false,
    transform: { type: 'none' },
    scaling: { type: 'none' },
    ...parts,
  };
  return { version: 1, rows: 1, columns: [], derived: [], features: [feature], warnings: [] };
}

describe('a step', () => {
  test.each([
    [1, 1],
    [0.31, 0.2],
    [0.04, 0.05],
    [75, 100],
    [0.005, 0.005],
    [17.6, 20],
  ])('of the size %d is %d', (size, step) => {
    expect(roundStep(size)).toBe(step);
  });

  test('is 1, 2 or 5 in front of zeros, and at most half as large again as asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), (size) => {
        const step = roundStep(size);
        expect(Number(step.toExponential().replace(/e.*/, ''))).toBeOneOf([1, 2, 5]);
        expect(step / size).toBeGreaterThan(0.62);
        expect(step / size).toBeLessThan(1.6);
      }),
    );
  });

  test('is a two-hundredth of what training saw, and whole among whole numbers', () => {
    expect(stepOf({ ...number, seen: [0.0013, 0.998] }, recipeOf({ impute: 0.4873 }))).toBe(0.005);
    expect(stepOf({ ...number, seen: [3, 8] }, recipeOf({ impute: 4 }))).toBe(1);
    expect(stepOf({ ...number, seen: [1613, 5140] }, recipeOf({ impute: 2803.5 }))).toBe(20);
  });
});

describe('the typical value', () => {
  test('is the median that the recipe knows, in the digits of the step', () => {
    expect(typicalValue({ ...number, seen: [0.0013, 0.998] }, recipeOf({ impute: 0.48731 }))).toBe(0.487);
    expect(typicalValue({ ...number, seen: [1613, 5140] }, recipeOf({ impute: 2803.5 }))).toBe(2804);
  });

  test('is another middle where a constant stands for missing values', () => {
    const scaling = { type: 'robust', median: 5.25, iqr: 2 } as const;
    const column: ColumnSchema = { ...number, seen: [0.5, 9.75] };
    expect(typicalValue(column, recipeOf({ impute: -1, scaling }))).toBe(5.25);
    expect(typicalValue(column, recipeOf({ impute: -1 }))).toBe(5.13);
  });

  test('lies within what training saw, whatever the numbers', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(finite, finite, finite, (a, b, impute) => {
        const column: ColumnSchema = { ...number, seen: [Math.min(a, b), Math.max(a, b)] };
        const recipe = recipeOf({ impute });
        for (const value of [typicalValue(column, recipe), writtenValue(impute, column, recipe)]) {
          expect(value).toBeGreaterThanOrEqual(column.seen![0]);
          expect(value).toBeLessThanOrEqual(column.seen![1]);
        }
      }),
    );
  });

  test('of days is a day', () => {
    const column: ColumnSchema = { ...number, type: 'date', seen: [0, 9 * day] };
    expect(typicalValue(column, { ...recipeOf(), features: [] })).toBe(5 * day);
  });

  test('of others is the most frequent category, false, and missing where nothing was seen', () => {
    const recipe = { ...recipeOf(), features: [] };
    const schema = {
      version: 1 as const,
      task: 'regression' as const,
      target: 'y',
      key: [],
      columns: [
        { ...number, name: '__proto__', type: 'category' as const, categories: ['red', 'blue'] },
        { ...number, name: 'b', type: 'boolean' as const },
        { ...number, nullable: true },
        { ...number, name: 'z', range: [3, null] as [number, null] },
      ],
    };
    expect(Object.entries(typicalRow(schema, recipe))).toEqual([
      ['__proto__', 'red'],
      ['b', false],
      ['x', null],
      ['z', 3],
    ]);
  });
});
