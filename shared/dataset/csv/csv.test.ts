import { describe, expect, test } from 'vitest';
import { tableOf } from '../table/table.ts';
import { tableToCsv } from './csv.ts';

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('a table as CSV', () => {
  test('has the names of the columns, then a line a row; what is missing is empty', () => {
    const table = tableOf([
      ['mpg', { type: 'number', values: Float64Array.of(0.1, Number.NaN, -3e-7) }],
      ['origin', { type: 'category', dictionary: ['USA', 'Japan'], codes: Int32Array.of(1, 0, -1) }],
      ['new', { type: 'boolean', values: Int8Array.of(1, -1, 0) }],
      ['sold', { type: 'date', values: Float64Array.of(0, 1_714_521_600_000, Number.NaN) }],
    ]);
    expect(textOf(tableToCsv(table))).toBe(
      [
        'mpg,origin,new,sold',
        '0.1,Japan,true,1970-01-01T00:00:00.000Z',
        ',USA,,2024-05-01T00:00:00.000Z',
        '-3e-7,,false,',
        '',
      ].join('\n'),
    );
  });

  test('quotes what would be taken apart', () => {
    const table = tableOf([
      [
        'a,b',
        {
          type: 'category',
          dictionary: ['say "no"', 'two\nlines', ' padded'],
          codes: Int32Array.of(0, 1, 2),
        },
      ],
    ]);
    expect(textOf(tableToCsv(table))).toBe('"a,b"\n"say ""no"""\n"two\nlines"\n" padded"\n');
  });

  test('has a line for a row whose only value is missing', () => {
    const table = tableOf([['a', { type: 'number', values: Float64Array.of(1, Number.NaN) }]]);
    expect(textOf(tableToCsv(table))).toBe('a\n1\n""\n');
  });

  test('has all rows of a long table', () => {
    const table = tableOf([
      ['n', { type: 'number', values: Float64Array.from({ length: 20_000 }, (_, i) => i) }],
    ]);
    expect(textOf(tableToCsv(table)).trimEnd().split('\n')).toEqual([
      'n',
      ...Array.from({ length: 20_000 }, (_, i) => String(i)),
    ]);
  });
});
