import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { type Table, tableOf } from '../table/table.ts';
import { tableToParquet } from './parquet.ts';

function read(table: Table): Promise<Record<string, unknown>[]> {
  const bytes = Uint8Array.from(tableToParquet(table));
  return parquetReadObjects({ file: bytes.buffer });
}

/** A column of each type, with and without missing values. */
function everyType(rows: number): Table {
  const missingAt = (row: number, every: number) => row % every === every - 1;
  const each = <T>(value: (row: number) => T) => Array.from({ length: rows }, (_, row) => value(row));
  return tableOf([
    [
      'a "number"',
      { type: 'number', values: Float64Array.from(each((r) => (missingAt(r, 7) ? Number.NaN : r / 3))) },
    ],
    [
      'category',
      {
        type: 'category',
        dictionary: ['é', 'a,"b"', '007'],
        codes: Int32Array.from(each((r) => (missingAt(r, 4) ? -1 : r % 3))),
      },
    ],
    [
      'boolean',
      { type: 'boolean', values: Int8Array.from(each((r) => (missingAt(r, 5) ? -1 : (r >> 1) % 2))) },
    ],
    [
      'date',
      {
        type: 'date',
        values: Float64Array.from(each((r) => (missingAt(r, 6) ? Number.NaN : -1e12 + r * 86_400_001))),
      },
    ],
    ['whole', { type: 'number', values: Float64Array.from(each((r) => r)) }],
    ['empty', { type: 'category', dictionary: [], codes: new Int32Array(rows).fill(-1) }],
  ]);
}

describe('a table as Parquet, read by hyparquet', () => {
  test('has the values of every type, and nulls where they are missing', async () => {
    const rows = await read(everyType(20));
    expect(rows).toHaveLength(20);
    expect(rows[0]).toEqual({
      'a "number"': 0,
      category: 'é',
      boolean: false,
      date: new Date(-1e12),
      whole: 0,
      empty: null,
    });
    expect(rows[2]).toMatchObject({ 'a "number"': 2 / 3, category: '007', boolean: true });
    expect(rows.map(({ 'a "number"': value }) => value)[6]).toBeNull();
    expect(rows[3]).toMatchObject({ category: null, date: new Date(-1e12 + 3 * 86_400_001) });
    expect(rows[4]!.boolean).toBeNull();
    expect(rows[5]!.date).toBeNull();
  });

  test('has the same values where it is of several row groups', async () => {
    const table = tableOf([
      ['n', { type: 'number', values: Float64Array.from({ length: 300_000 }, (_, i) => i) }],
      [
        'c',
        {
          type: 'category',
          dictionary: ['a', 'b'],
          codes: Int32Array.from({ length: 300_000 }, (_, i) => (i % 3) - 1),
        },
      ],
    ]);
    const rows = await read(table);
    expect(rows).toHaveLength(300_000);
    expect(rows.every(({ n }, i) => n === i)).toBe(true);
    expect(rows.every(({ c }, i) => c === [null, 'a', 'b'][i % 3])).toBe(true);
    const { row_groups: groups } = parquetMetadata(Uint8Array.from(tableToParquet(table)).buffer);
    expect(groups.length).toBeGreaterThan(1);
  });

  test('names types by meaning, so that readers give texts and times in UTC', () => {
    const metadata = parquetMetadata(Uint8Array.from(tableToParquet(everyType(3))).buffer);
    const types = parquetSchema(metadata).children.map(({ element }) => [
      element.name,
      element.type,
      element.converted_type,
      element.logical_type,
    ]);
    expect(types).toEqual([
      ['a "number"', 'DOUBLE', undefined, undefined],
      ['category', 'BYTE_ARRAY', 'UTF8', { type: 'STRING' }],
      ['boolean', 'BOOLEAN', undefined, undefined],
      ['date', 'INT64', 'TIMESTAMP_MILLIS', { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' }],
      ['whole', 'DOUBLE', undefined, undefined],
      ['empty', 'BYTE_ARRAY', 'UTF8', { type: 'STRING' }],
    ]);
  });

  test('may have no rows, and must have a column', async () => {
    expect(await read(everyType(0))).toEqual([]);
    expect(() => tableToParquet({ rows: 0, columns: new Map() })).toThrow(RangeError);
  });

  test('refuses a date that is not a whole millisecond', () => {
    const table = tableOf([['at', { type: 'date', values: Float64Array.of(0.5) }]]);
    expect(() => tableToParquet(table)).toThrow(RangeError);
  });
});
