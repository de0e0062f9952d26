import { describe, expect, test } from 'vitest';
import type { CategoryColumn } from '../../dataset/table/table.ts';
import { rowsOf } from '../testing/read-helpers.ts';
import { readAndHear, realTables } from '../testing/real-tables.ts';

const { wide } = realTables;

describe.each(['parquet', 'arrow'] as const)('%s numbers that a double cannot hold', (format) => {
  const name = `a.${format}`;
  const read = (options: object = {}) => readAndHear({ [name]: wide[format] }, {}, options);

  test('are texts where they are whole: every digit is kept', async () => {
    const { table } = await read();
    expect((table.columns.get('id') as CategoryColumn).dictionary).toEqual(wide.ids);
    expect(rowsOf(table).map(({ int64 }) => int64)).toEqual(wide.int64);
  });

  test('are numbers where they are amounts, and reported when digits are lost', async () => {
    const { table, told } = await read();
    expect(rowsOf(table).map(({ amount }) => amount)).toEqual(
      wide.amounts.map((text) => (text === null ? null : Number(text))),
    );
    expect(told).toEqual([
      `column "amount": one value has more digits than a number keeps (${name} row 1: "12345678901234567.8901" is read ` +
        'as 12345678901234568). If they are names, add features: { amount: { type: category } }',
    ]);
  });

  test('are texts as a key or a declared category, decimals as they are written', async () => {
    for (const options of [
      { exactColumns: new Set(['amount']) },
      { textColumns: new Set(['amount']), declaredColumns: new Set(['amount']) },
    ]) {
      const { table, told } = await read(options);
      expect(rowsOf(table).map(({ amount }) => amount)).toEqual(wide.amounts);
      expect(told).toEqual([]);
    }
  });

  test('are numbers where they are declared so, and reported', async () => {
    const { table, told } = await read({ numberColumns: new Set(['id', 'int64']) });
    expect(rowsOf(table).map(({ id }) => id)).toEqual(wide.ids.map(Number));
    expect(rowsOf(table).map(({ int64 }) => int64)).toEqual(wide.int64.map(Number));
    expect(told[0]).toMatch(/^column "id": 3 values have more digits than a number keeps/);
    expect(told).toHaveLength(3);
  });

  test('are not suspected among decimals that fit', async () => {
    const { table } = await read();
    expect(rowsOf(table).map(({ small }) => small)).toEqual([1.1, -2.25, 0.07, 99999999.99]);
  });
});
