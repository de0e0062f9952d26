import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMissing } from '../table/missing-rows.ts';
import { booleans, categories, numbers } from '../testing/dataset-builders.ts';
import { countDistinct } from './distinct-count.ts';

describe('the number of different values', () => {
  const value = fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.double({ noNaN: true }),
    fc.constantFrom(-0, 1e-300, null),
  );

  it('is that of a set, whatever the numbers', () => {
    const columns = fc.oneof(
      fc.array(value, { maxLength: 300 }),
      fc.array(fc.option(fc.integer()), { maxLength: 300 }),
    );
    fc.assert(
      fc.property(columns, (values) => {
        const present = values.filter((entry) => entry !== null);
        expect(countDistinct(numbers(values))).toBe(new Set(present).size);
        expect(countMissing(numbers(values))).toBe(values.length - present.length);
      }),
    );
  });

  it.each([
    ['near integers', 30_000, (i: number) => i % 20_011],
    ['far integers', 30_000, (i: number) => (i % 20_011) * 1e9],
    ['fractions', 30_000, (i: number) => (i % 20_011) / 3],
  ])('is right among many %s', (_, rows, at) => {
    expect(countDistinct(numbers(Array.from({ length: rows }, (_value, i) => at(i))))).toBe(20_011);
  });

  it('counts texts that occur, and truth', () => {
    const column = categories(['a', null, 'b', 'a']);
    if (column.type !== 'category') throw new Error('not a category');
    expect(countDistinct({ ...column, dictionary: [...column.dictionary, 'unused'] })).toBe(2);
    expect(countMissing(column)).toBe(1);
    expect([countDistinct(booleans([true, null])), countDistinct(booleans([null]))]).toEqual([1, 0]);
  });
});
