import { describe, expect, test } from 'vitest';
import { categories, numbers } from '../testing/dataset-builders.ts';
import { type Column, tableOf, takeColumn, takeRows } from './table.ts';
import { columnBelow, heldTable, type KeptRoom, keptRoom, takeFew, takenTable } from './taken-table.ts';

const whole = tableOf([
  ['x', numbers([1, 2, null, 4])],
  ['c', categories(['a', null, 'b', 'a'])],
]);
const rows = Uint32Array.of(0, 2, 3);

/** The names of columns, each time that one is made. */
function taken(room?: KeptRoom) {
  const made: string[] = [];
  const take = (column: Column, places: Uint32Array) => {
    made.push(column === whole.columns.get('x') ? 'x' : 'c');
    return takeColumn(column, places);
  };
  return { table: takenTable(whole, rows, take, room), made };
}

describe('a table whose columns are made when they are asked for', () => {
  test('has the rows that taking them gives, however one goes through it', () => {
    const { table } = taken();
    const expected = takeRows(whole, rows);
    expect(heldTable(table)).toEqual(expected);
    expect([...table.columns.keys()]).toEqual(['x', 'c']);
    expect([...table.columns.values()]).toEqual([...expected.columns.values()]);
    expect([...table.columns.entries()]).toEqual([...expected.columns]);
    const seen: unknown[] = [];
    table.columns.forEach((column, name) => {
      seen.push([name, column]);
    });
    expect(seen).toEqual([...expected.columns]);
    expect([table.rows, table.columns.size, table.columns.has('c'), table.columns.get('z')]).toEqual([
      ...[3, 2, true],
      undefined,
    ]);
  });

  test('makes no column before, and keeps only the last', () => {
    const { table, made } = taken();
    expect(made).toEqual([]);
    for (const name of ['x', 'x', 'c', 'x']) table.columns.get(name);
    expect(made).toEqual(['x', 'c', 'x']);
  });

  test('keeps the columns of a table where there is room for all of them, and none of another', () => {
    // Three numbers of eight bytes and three codes of four are 36 bytes.
    const room = { bytes: 60 };
    const [first, second] = [taken(room), taken(room)];
    for (const { table } of [first, second]) {
      for (const name of ['x', 'c', 'x', 'c', 'x']) table.columns.get(name);
    }
    expect(first.made).toEqual(['x', 'c']);
    expect(second.made).toEqual(['x', 'c', 'x', 'c', 'x']);
    expect(heldTable(first.table)).toEqual(takeRows(whole, rows));
    expect(room.bytes).toBe(24);
  });

  test('gives a few rows of a column without making it, whether it was made before or not', () => {
    const places = Uint32Array.of(2, 0);
    for (const { table, made } of [taken(), taken(keptRoom())]) {
      expect(takeFew(table, 'x', places)).toEqual(numbers([4, 1]));
      expect(made).toEqual([]);
      table.columns.get('x');
      expect(takeFew(table, 'x', places)).toEqual(numbers([4, 1]));
      expect(columnBelow(table, 'c')).toEqual({ column: whole.columns.get('c'), rows });
      expect(made).toEqual(['x']);
    }
    expect(takeFew(whole, 'x', places)).toEqual(takeColumn(numbers([1, 2, null, 4]), places));
    expect(() => takeFew(taken().table, 'y', places)).toThrow('the table has no column y; it has x, c');
  });
});
