import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tableToArrow } from '../dataset/arrow/arrow.ts';
import { type Column, type Table, tableOf } from '../dataset/table/table.ts';
import { readAndHear, realTables } from './testing/real-tables.ts';

/** What every object has without anybody putting it there, and what promises are known by. */
const inherited = [...Object.getOwnPropertyNames(Object.prototype), 'then', 'prototype', 'length'];

const names = fc.uniqueArray(fc.constantFrom(...inherited), { minLength: 2, maxLength: inherited.length });

/** Values of each column, numbers and texts in turn. */
const valuesOf = (column: number): (number | string)[] =>
  column % 2 === 0 ? [column, column + 1] : ['x', `y${column}`];

function columnWith(i: number): Column {
  return i % 2 === 0
    ? { type: 'number', values: Float64Array.of(i, i + 1) }
    : { type: 'category', codes: Int32Array.of(0, 1), dictionary: ['x', `y${i}`] };
}

function found(table: Table): [string, unknown[]][] {
  return [...table.columns].map(([name, column]) => [
    name,
    column.type === 'category'
      ? Array.from(column.codes, (code) => column.dictionary[code])
      : [...column.values],
  ]);
}

async function expectColumns(columns: readonly string[], file: string, content: string | Uint8Array) {
  const { table } = await readAndHear({ [file]: content });
  expect([file, found(table)]).toEqual([file, columns.map((name, i) => [name, valuesOf(i)])]);
}

test('columns may be called as what every object has, in every format', async () => {
  await fc.assert(
    fc.asyncProperty(names, async (columns) => {
      const rows = [0, 1].map((row) =>
        columns.map((name, i) => `${JSON.stringify(name)}:${JSON.stringify(valuesOf(i)[row])}`).join(','),
      );
      const csv = [columns, ...[0, 1].map((row) => columns.map((_, i) => valuesOf(i)[row]))];
      await expectColumns(columns, 'a.csv', csv.map((cells) => cells.join(',')).join('\n'));
      await expectColumns(columns, 'a.json', `[{${rows[0]}},{${rows[1]}}]`);
      await expectColumns(columns, 'a.ndjson', `{${rows[0]}}\n{${rows[1]}}\n`);
      const split = { columns, data: [0, 1].map((row) => columns.map((_, i) => valuesOf(i)[row])) };
      await expectColumns(columns, 'c.json', JSON.stringify(split));
      const arrow = tableToArrow(tableOf(columns.map((name, i) => [name, columnWith(i)] as const)));
      await expectColumns(columns, 'a.arrow', arrow);
    }),
    { numRuns: 60 },
  );
});

test('JSON with long numbers keeps such names too', async () => {
  const { table } = await readAndHear({
    'a.json': '[{"__proto__": 12345678901234567890, "constructor": 1}]',
  });
  expect(found(table)).toEqual([
    ['__proto__', ['12345678901234567890']],
    ['constructor', [1]],
  ]);
});

test.each(['parquet', 'arrow'] as const)(
  'pyarrow writes such names, and they are read (%s)',
  async (format) => {
    const { table } = await readAndHear({ [`a.${format}`]: realTables.names[format] });
    expect(found(table)).toEqual(realTables.names.names.map((name, i) => [name, [i, i + 1]]));
  },
);
