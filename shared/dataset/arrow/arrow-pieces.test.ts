import { Column as ArrowColumn, Table as ArrowTable, field, tableToIPC, Version } from '@uwdata/flechette';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeCompacted, takeSplit } from '../split/side-tables.ts';
import { type Column, type Table, tableOf } from '../table/table.ts';
import { keptRoom, takenTable } from '../table/taken-table.ts';
import { arrowPieces, tableToArrow } from './arrow.ts';
import { arrowOfColumn } from './arrow-encoding.ts';
import { LaterBytes } from './arrow-pieces.ts';
import { arrowValues } from './arrow-values.ts';

const noIds = { high: new Uint32Array(0), low: new Uint32Array(0) };

/** What the encoder itself makes of a table that is in memory whole. */
function encoded(table: Table): Uint8Array {
  const batches = [...table.columns].map(
    ([name, column]) => [name, arrowOfColumn(table, name, arrowValues(column, name))] as const,
  );
  const fields = batches.map(([name, batch]) => field(name, batch.type));
  const schema = { version: Version.V5, endianness: 0 as const, fields, metadata: null };
  const children = batches.map(([, batch]) => new ArrowColumn([batch]));
  return tableToIPC(new ArrowTable(schema, children), { format: 'file' })!;
}

function columnsOf(rows: number): fc.Arbitrary<Column[]> {
  const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: rows, maxLength: rows });
  const float = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0));
  const time = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -8.64e15, max: 8.64e15 }));
  const column = fc.oneof(
    many(float).map((values): Column => ({ type: 'number', values: Float64Array.from(values) })),
    many(time).map((values): Column => ({ type: 'date', values: Float64Array.from(values) })),
    many(fc.constantFrom(-1, 0, 1)).map(
      (values): Column => ({ type: 'boolean', values: Int8Array.from(values) }),
    ),
    many(fc.integer({ min: -1, max: 2 })).map(
      (codes): Column => ({ type: 'category', codes: Int32Array.from(codes), dictionary: ['ä', '', 'b'] }),
    ),
  );
  return fc.array(column, { minLength: 1, maxLength: 6 });
}

describe('a table as Arrow in pieces', () => {
  test('is byte by byte what the encoder makes of it at once', () => {
    const tables = fc.integer({ min: 0, max: 40 }).chain(columnsOf);
    fc.assert(
      fc.property(tables, (columns) => {
        const table = tableOf(columns.map((column, i) => [`column ${i}`, column] as const));
        expect(Buffer.concat([...arrowPieces({ table })()]).equals(encoded(table))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('is the same of rows whose columns are not in memory', () => {
    const tables = fc
      .integer({ min: 1, max: 40 })
      .chain((rows) => fc.tuple(columnsOf(rows), fc.subarray([...Array(rows).keys()])));
    fc.assert(
      fc.property(tables, fc.nat(400), ([columns, places], bytes) => {
        const whole = tableOf(columns.map((column, i) => [`column ${i}`, column] as const));
        const rows = Uint32Array.from(places);
        const { table } = takeSplit(whole, rows, noIds, keptRoom(bytes));
        expect(Buffer.concat([...arrowPieces({ table })()]).equals(encoded(takeCompacted(whole, rows)))).toBe(
          true,
        );
      }),
      { numRuns: 150 },
    );
  });

  test('asks for each column of numbers once, and makes its values only when their turn comes', () => {
    const values = Float64Array.of(1, 2, 3);
    const whole = tableOf(['a', 'b', 'c'].map((name) => [name, { type: 'number', values }] as const));
    let made = 0;
    const table = takenTable(whole, Uint32Array.of(0, 1, 2), (column) => {
      made++;
      return column;
    });
    let written = 0;
    for (const piece of arrowPieces({ table })()) {
      if (piece.byteLength === values.byteLength && piece.buffer === values.buffer) written++;
      if (written === 1) expect(made).toBe(1);
    }
    expect([made, written]).toEqual([3, 3]);
    expect(Buffer.from(tableToArrow(table)).equals(encoded(whole))).toBe(true);
  });

  test('stops where a column has become longer', () => {
    const later = new LaterBytes(8);
    const standIn = later.add(8, () => Float64Array.of(1, 2));
    expect(() => [...later.filled([standIn])]).toThrow('a column of 8 bytes gave 16 when it was written');
  });
});
