import { describe, expect, test } from 'vitest';
import { categories, numbers } from '../testing/dataset-builders.ts';
import { tableOf, takeColumn, takeRows } from './table.ts';
import { heldTable, takenTable } from './taken-table.ts';

const whole = tableOf([
  ['x', numbers([1, 2, null, 4])],
  ['c', categories(['a', null, 'b', 'a'])],
]);
const rows = Uint32Array.of(0, 2, 3);

/** The names of columns, each time that one is made. */
function taken() {
  const made: string[] = [];
  const table = takenTable(whole, rows.length, (column) => {
    made.push(column === whole.columns.get('x') ? 'x' : 'c');
    return takeColumn(column, rows);
  });
  return { table, made };
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
});
