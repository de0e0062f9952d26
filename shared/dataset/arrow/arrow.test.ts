import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { type Column, type Table, tableOf } from '../table/table.ts';
import { tableFromArrow, tableToArrow } from './arrow.ts';

const example = tableOf([
  ['x', { type: 'number', values: Float64Array.of(1.5, Number.NaN, -0, Infinity) }],
  ['c', { type: 'category', codes: Int32Array.of(1, -1, 0, 1), dictionary: ['ä', 'b', 'unused'] }],
  ['b', { type: 'boolean', values: Int8Array.of(1, 0, -1, 0) }],
  ['d', { type: 'date', values: Float64Array.of(-1, Number.NaN, 8.64e15, 0) }],
]);

const column = (rows: number): fc.Arbitrary<Column> =>
  fc.oneof(
    fc
      .array(fc.double(), { minLength: rows, maxLength: rows })
      .map((values): Column => ({ type: 'number', values: Float64Array.from(values) })),
    fc
      .array(fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -8.64e15, max: 8.64e15 })), {
        minLength: rows,
        maxLength: rows,
      })
      .map((values): Column => ({ type: 'date', values: Float64Array.from(values) })),
    fc
      .array(fc.constantFrom(-1, 0, 1), { minLength: rows, maxLength: rows })
      .map((values): Column => ({ type: 'boolean', values: Int8Array.from(values) })),
    fc
      .uniqueArray(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 })
      .chain((dictionary) =>
        fc
          .array(fc.integer({ min: -1, max: dictionary.length - 1 }), { minLength: rows, maxLength: rows })
          .map((codes): Column => ({ type: 'category', codes: Int32Array.from(codes), dictionary })),
      ),
  );

const tables: fc.Arbitrary<Table> = fc
  .integer({ min: 0, max: 70 })
  .chain((rows) => fc.array(column(rows), { minLength: 1, maxLength: 5 }))
  .map((columns) => tableOf(columns.map((c, i) => [`column ${i}`, c] as const)));

describe('a table as Arrow', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(tables, fc.boolean(), (table, withIds) => {
        const ids = BigUint64Array.from({ length: table.rows }, (_, i) => 2n ** 64n - 1n - BigInt(i));
        const answer = tableFromArrow(tableToArrow(table, withIds ? ids : undefined), 'bytes');
        expect(answer).toEqual(withIds ? { table, ids } : { table });
      }),
    );
  });

  test('comes back with its folds, and with a column of that name as a column', () => {
    const ids = BigUint64Array.of(1n, 2n, 3n, 4n);
    const folds = Uint8Array.of(0, 255, 19, 1);
    expect(tableFromArrow(tableToArrow(example, ids, folds), 'bytes')).toMatchObject({ ids, folds });
    const named = tableOf([['_fold', { type: 'number', values: Float64Array.of(0, 1, 2, 3) }]]);
    expect(tableFromArrow(tableToArrow(named, ids), 'bytes')).toEqual({ table: named, ids });
    expect(() => tableToArrow(named, ids, folds)).toThrow('a column is named _fold');
    expect(() => tableToArrow(example, ids, folds.subarray(1))).toThrow('3 folds for 4 rows');
  });

  test('is the same bytes for the same table, on any machine', () => {
    const ids = BigUint64Array.of(1n, 2n, 3n, 2n ** 63n);
    const bytes = tableToArrow(example, ids);
    expect(sha256(tableToArrow(tableFromArrow(bytes, 'bytes').table, ids))).toBe(sha256(bytes));
    // pyarrow 26 reads these very bytes; a change here changes the digest of every dataset.
    expect(sha256(bytes)).toBe('sha256:37b59b173c0bbdb8635c859b1806444c40a712db4ed2a7a62d1e715656e7c318');
  });

  test('does not show which bits a missing number had', () => {
    const [plain, odd] = [new Float64Array(2), new Float64Array(2)];
    plain.fill(Number.NaN);
    new BigUint64Array(odd.buffer).fill(0xfff8_0000_0000_0001n);
    const bytesOf = (values: Float64Array) => tableToArrow(tableOf([['x', { type: 'number', values }]]));
    expect(Buffer.compare(bytesOf(plain), bytesOf(odd))).toBe(0);
  });

  test('is read wherever it lies in memory', () => {
    const bytes = tableToArrow(example);
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    expect(tableFromArrow(moved.subarray(3), 'bytes').table).toEqual(example);
  });

  test('needs an id for each row, and the name of their column', () => {
    expect(() => tableToArrow(example, new BigUint64Array(3))).toThrow('3 row ids for 4 rows');
    const taken = tableOf([['_row', example.columns.get('x')!]]);
    expect(() => tableToArrow(taken, new BigUint64Array(4))).toThrow(
      'a column is named _row, as row ids are',
    );
  });

  test('has dates of whole milliseconds only', () => {
    const table = tableOf([['d', { type: 'date', values: Float64Array.of(0, 1.5) }]]);
    expect(() => tableToArrow(table)).toThrow(
      'column d, row 1: date 1.5 is not a whole number of milliseconds',
    );
  });

  test('that lost bytes is refused', () => {
    const bytes = tableToArrow(example);
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => tableFromArrow(bytes.subarray(0, length), 'train.arrow')).toThrow(
        /^train\.arrow is not a whole Arrow IPC file or stream \(.+\); write it again$/s,
      );
    }
  });
});
