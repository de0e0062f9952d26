import { describe, expect, test } from 'vitest';
import { stackTables } from './stacked-tables.ts';
import { rowAt, tableOf } from './table.ts';

const table = (numbers: number[], dictionary: string[], codes: number[]) =>
  tableOf([
    ['n', { type: 'number', values: Float64Array.from(numbers) }],
    ['c', { type: 'category', dictionary, codes: Int32Array.from(codes) }],
    ['b', { type: 'boolean', values: Int8Array.from(numbers, (value) => Number(value > 1)) }],
  ]);

describe('tables one below the other', () => {
  test('keep every value, whatever codes their categories have', () => {
    const stacked = stackTables([table([1, Number.NaN], ['x', 'y'], [1, -1]), table([3], ['z', 'y'], [1])]);
    expect([0, 1, 2].map((row) => ({ ...rowAt(stacked, row) }))).toEqual([
      { n: 1, c: 'y', b: false },
      { n: null, c: null, b: false },
      { n: 3, c: 'y', b: true },
    ]);
  });

  test('must have the same columns, of the same types', () => {
    const other = tableOf([['n', { type: 'date', values: new Float64Array(1) }]]);
    const one = tableOf([['n', { type: 'number', values: new Float64Array(1) }]]);
    expect(() => stackTables([one, other])).toThrow(
      'column n is a number in one table and a date in another',
    );
    expect(() => stackTables([table([1], [], [-1]), one])).toThrow('the table has no column c');
  });
});
