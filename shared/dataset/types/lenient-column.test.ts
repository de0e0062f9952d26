import { describe, expect, test } from 'vitest';
import { createRowPlaces } from '../table/row-place.ts';
import { type CategoryColumn, type Column, valueAt } from '../table/table.ts';
import { lenientColumn } from './lenient-column.ts';

function texts(...values: (string | null)[]): CategoryColumn {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  return {
    type: 'category',
    dictionary,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))),
  };
}

const read = (column: Column, type: 'number' | 'category' | 'boolean' | 'date', format?: string) =>
  lenientColumn(column, { name: 'x', type, format, places: createRowPlaces([]) });
const valuesOf = (column: Column, rows: number) =>
  Array.from({ length: rows }, (_, row) => valueAt(column, row));

const many = (value: string, count: number): string[] => Array.from({ length: count }, () => value);

describe('a column read leniently', () => {
  test('that is of the type is as it was', () => {
    const column: Column = { type: 'number', values: Float64Array.of(1) };
    expect(read(column, 'number')).toEqual({ column, typed: true, strays: 0 });
  });

  test('has a few words among numbers counted, and missing', () => {
    const { column, typed, strays, example } = read(texts('7', 'lots', ...many('3', 30)), 'number');
    expect({ typed, strays, example }).toEqual({ typed: true, strays: 1, example: 'lots' });
    expect(valuesOf(column, 3)).toEqual([7, null, 3]);
  });

  test('of more words than one in twenty is of another type', () => {
    const column = texts('7', 'lots', ...many('3', 10));
    expect(read(column, 'number')).toEqual({ column, typed: false, strays: 0 });
  });

  test('has dates by their format, and what is no date counted', () => {
    const days = [...many('31.12.2025', 20), 'soon'];
    const { column, typed, strays } = read(texts(...days), 'date', 'dd.MM.yyyy');
    expect({ typed, strays }).toEqual({ typed: true, strays: 1 });
    expect(valueAt(column, 0)).toBe(Date.UTC(2025, 11, 31));
    expect(read(texts(...days), 'date').typed).toBe(false);
  });

  test.each([
    // As PostgreSQL 15 and DuckDB 1.5 cast a timestamptz to text, and Trino 435 a timestamp with time zone.
    ['2021-03-10 06:00:00+00', Date.UTC(2021, 2, 10, 6)],
    ['2021-03-10 06:00:00.25-05', Date.UTC(2021, 2, 10, 11, 0, 0, 250)],
    ['2021-03-10 06:00:00+05:30', Date.UTC(2021, 2, 10, 0, 30)],
    ['2021-03-10 06:00:00.000 UTC', Date.UTC(2021, 2, 10, 6)],
    ['2021-03-10', Date.UTC(2021, 2, 10)],
  ])('has the time of a database’s %s, and infinity counted', (text, time) => {
    const { column, typed, strays, example } = read(texts(...many(text, 20), 'infinity'), 'date');
    expect({ typed, strays, example }).toEqual({ typed: true, strays: 1, example: 'infinity' });
    expect(valuesOf(column, 1)).toEqual([time]);
  });

  test('has truths by their words', () => {
    const { column, typed } = read(texts('yes', 'No', null, '1'), 'boolean');
    expect(typed).toBe(true);
    expect(valuesOf(column, 4)).toEqual([true, false, null, true]);
  });

  test('of numbers where categories were is what was written', () => {
    const { column } = read({ type: 'number', values: Float64Array.of(3, Number.NaN) }, 'category');
    expect(valuesOf(column, 2)).toEqual(['3', null]);
  });
});
