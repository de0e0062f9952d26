import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../dataset/table/table.ts';
import { sliceGroups } from './slice-groups.ts';

function category(labels: readonly (string | null)[]): Column {
  const dictionary = [...new Set(labels.filter((label) => label !== null))];
  return {
    type: 'category',
    dictionary,
    codes: Int32Array.from(labels, (label) => (label === null ? -1 : dictionary.indexOf(label))),
  };
}

const numbers = (values: Iterable<number>): Column => ({ type: 'number', values: Float64Array.from(values) });
const dates = (texts: readonly string[]): Column => ({
  type: 'date',
  values: Float64Array.from(texts, Date.parse),
});
const labelsOf = (column: Column) => sliceGroups(column).map((group) => group.label);
const sizesOf = (column: Column) => sliceGroups(column).map((group) => group.rows.length);

/** Each value five times: slices name nothing rarer. */
function fiveOf<T>(values: readonly T[]): T[] {
  return values.flatMap((value) => Array.from({ length: 5 }, () => value));
}

describe('slices', () => {
  it('hold every row once', () => {
    const value = fc.option(
      fc.integer({ min: -2000, max: 2000 }).map((n) => n / 8),
      { nil: Number.NaN },
    );
    const column = fc.oneof(
      fc.array(fc.option(fc.string({ maxLength: 2 }), { nil: null })).map(category),
      fc.array(value).map(numbers),
      fc
        .array(value)
        .map((values): Column => ({ type: 'date', values: Float64Array.from(values, (v) => v * 1e9) })),
      fc
        .array(fc.constantFrom(-1, 0, 1))
        .map((values): Column => ({ type: 'boolean', values: Int8Array.from(values) })),
    );
    fc.assert(
      fc.property(column, (sliced) => {
        const groups = sliceGroups(sliced);
        const rows = groups.flatMap((group) => [...group.rows]).sort((a, b) => a - b);
        const length = sliced.type === 'category' ? sliced.codes.length : sliced.values.length;
        expect(rows).toEqual(Array.from({ length }, (_, row) => row));
        expect(groups.every((group) => group.rows.length > 0)).toBe(true);
        expect(new Set(groups.map((group) => group.label)).size).toBe(groups.length);
      }),
    );
  });

  it('of a category are its values, the most frequent first, missing last', () => {
    const column = category(fiveOf(['USA', 'Japan', 'USA', null, 'Europe', 'USA', 'Japan']));
    expect(labelsOf(column)).toEqual(['USA', 'Japan', 'Europe', 'missing']);
    expect(sizesOf(column)).toEqual([15, 10, 5, 5]);
  });

  it('name no category and no number that fewer than five rows have', () => {
    const column = category([...fiveOf(['USA', 'Japan']), 'Jane Roe', 'Jane Roe', 'John Doe']);
    expect(labelsOf(column)).toEqual(['Japan', 'USA', 'other (2 values)']);
    expect(labelsOf(numbers([...fiveOf([4, 8]), 3, 3, 71]))).toEqual(['4', '8', 'other (2 values)']);
  });

  it('of many categories are the twenty most frequent and the others together', () => {
    const column = category(Array.from({ length: 25 }, (_, k) => Array<string>(30 - k).fill(`c${k}`)).flat());
    expect(labelsOf(column)).toEqual([...Array.from({ length: 20 }, (_, k) => `c${k}`), 'other (5 values)']);
    expect(sizesOf(column).at(-1)).toBe(10 + 9 + 8 + 7 + 6);
  });

  it('tell a category called missing from missing values', () => {
    expect(labelsOf(category([...fiveOf(['missing']), null]))).toEqual(['missing', '(missing)']);
  });

  it('of a boolean are true and false', () => {
    expect(labelsOf({ type: 'boolean', values: Int8Array.of(1, 0, 1, -1) })).toEqual([
      'true',
      'false',
      'missing',
    ]);
  });

  it('of few different numbers are those numbers in order', () => {
    expect(labelsOf(numbers(fiveOf([8, 4, 6, 4, 3, 8, Number.NaN])))).toEqual([
      '3',
      '4',
      '6',
      '8',
      'missing',
    ]);
  });

  it('of many numbers are bins at quartiles rounded to the size of the numbers', () => {
    // Quartiles 1972.75, 1975.5, 1978.25 of the years; 2.25, 5.5, 8.75 times other sizes.
    const years = Array.from({ length: 12 }, (_, i) => 1970 + i);
    expect(labelsOf(numbers(years))).toEqual([
      'below 1973',
      '1973 to below 1976',
      '1976 to below 1978',
      '1978 and above',
    ]);
    const weights = Array.from({ length: 201 }, (_, i) => 1600 + 17.3 * i);
    expect(labelsOf(numbers(weights))).toEqual([
      'below 2,400',
      '2,400 to below 3,400',
      '3,400 to below 4,200',
      '4,200 and above',
    ]);
    expect(sliceGroups(numbers(years)).map(({ bounds }) => bounds)).toEqual([
      { below: 1973 },
      { from: 1973, below: 1976 },
      { from: 1976, below: 1978 },
      { from: 1978 },
    ]);
    const small = Array.from({ length: 101 }, (_, i) => 0.001 * i);
    expect(labelsOf(numbers(small))).toEqual([
      'below 0.03',
      '0.03 to below 0.05',
      '0.05 to below 0.08',
      '0.08 and above',
    ]);
    const large = Array.from({ length: 101 }, (_, i) => 12_345 * i);
    expect(labelsOf(numbers(large))[0]).toBe('below 300,000');
  });

  it('of numbers that are mostly the same keep that one together', () => {
    const column = numbers([...Array<number>(100).fill(0), ...Array.from({ length: 20 }, (_, i) => 10 + i)]);
    expect(sizesOf(column).reduce((sum, size) => sum + size, 0)).toBe(120);
    expect(sizesOf(column)).toContain(120);
  });

  it('of dates begin with a year, a month or a day', () => {
    const month = (i: number) => `${1990 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-17`;
    const decades = Array.from({ length: 480 }, (_, i) => month(i));
    expect(labelsOf(dates(decades))).toEqual([
      'below 2000',
      '2000 to below 2010',
      '2010 to below 2019',
      '2019 and above',
    ]);
    const oneYear = Array.from({ length: 24 }, (_, i) => month(i));
    expect(labelsOf(dates(oneYear))).toEqual([
      'below 1990-07',
      '1990-07 to below 1991-01',
      '1991-01 to below 1991-06',
      '1991-06 and above',
    ]);
    const hours = Array.from({ length: 100 }, (_, i) => new Date(i * 3_600_000).toISOString());
    expect(labelsOf(dates(hours))[1]).toBe('1970-01-02T00:00 to below 1970-01-03T01:00');
  });

  it('of a column without a value are missing', () => {
    expect(labelsOf(numbers([Number.NaN, Number.NaN]))).toEqual(['missing']);
    expect(labelsOf(dates(['not a date']))).toEqual(['missing']);
  });
});
