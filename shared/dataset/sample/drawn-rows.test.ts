import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashRows } from '../identity/row-hash.ts';
import { columnOf, type Table, tableOf, takeRows } from '../table/table.ts';
import { drawAgain, drawingOrder, drawRows } from './drawn-rows.ts';

const labels = ['no', 'yes', 'perhaps'];

/** Rows with an id, and a label for each: -1 is missing. */
function tableOfLabels(codes: readonly number[], firstId = 0): Table {
  return tableOf([
    ['id', { type: 'number', values: Float64Array.from(codes, (_, i) => firstId + i) }],
    ['label', { type: 'category', codes: Int32Array.from(codes), dictionary: labels }],
  ]);
}

const drawable = (table: Table, key: readonly string[] = ['id']) => ({
  places: drawingOrder(hashRows(table, key)),
  by: { name: 'label', column: columnOf(table, 'label'), declared: labels },
});
const idsOf = (table: Table, rows: Uint32Array): number[] => {
  const ids = columnOf(table, 'id');
  if (ids.type !== 'number') throw new TypeError('ids are numbers');
  return [...rows].map((row) => ids.values[row]!);
};

const codes = fc.array(fc.constantFrom(-1, 0, 0, 0, 0, 1, 1, 2), { minLength: 1, maxLength: 400 });
const budgets = fc.integer({ min: 1, max: 300 });

describe('a sample of rows', () => {
  test('has the same rows in whatever order they come', () => {
    fc.assert(
      fc.property(codes, budgets, fc.infiniteStream(fc.nat()), (rows, budget, draws) => {
        const table = tableOfLabels(rows);
        const order = Uint32Array.from(rows, (_, i) => i);
        for (let i = order.length - 1; i > 0; i--) {
          const j = (draws.next().value as number) % (i + 1);
          [order[i], order[j]] = [order[j]!, order[i]!];
        }
        const turned = takeRows(table, order);
        const [straight, other] = [drawRows(drawable(table), budget), drawRows(drawable(turned), budget)];
        const sorted = (ids: number[]) => ids.sort((a, b) => a - b);
        expect(sorted(idsOf(turned, other.rows))).toEqual(sorted(idsOf(table, straight.rows)));
        expect(other.record).toEqual(straight.record);
      }),
    );
  });

  test('keeps the share of each class to within as many rows as there are classes, and loses none', () => {
    fc.assert(
      fc.property(codes, budgets, (rows, budget) => {
        const table = tableOfLabels(rows);
        const { rows: drawn, record } = drawRows(drawable(table), budget);
        const strata = [...new Set(rows)];
        for (const code of strata) {
          const all = rows.filter((one) => one === code).length;
          const found = [...drawn].filter((row) => rows[row] === code).length;
          const share = Math.min(1, budget / rows.length) * all;
          expect(found).toBeGreaterThanOrEqual(Math.max(1, Math.floor(share - strata.length)));
          expect(found).toBeLessThanOrEqual(Math.min(all, share + strata.length));
          const value = code < 0 ? null : labels[code];
          expect(record.strata.find((one) => one.value === value)?.of).toBe(all);
        }
        expect(record.of).toBe(rows.length);
      }),
    );
  });

  test('holds that of a smaller budget', () => {
    fc.assert(
      fc.property(codes, budgets, budgets, (rows, budget, more) => {
        const table = tableOfLabels(rows);
        const large = new Set(drawRows(drawable(table), budget + more).rows);
        for (const row of drawRows(drawable(table), budget).rows) expect(large).toContain(row);
      }),
    );
  });

  test('is drawn again by its record, whatever rows come behind or between', () => {
    fc.assert(
      fc.property(codes, codes, budgets, (rows, later, budget) => {
        const { record, rows: drawn } = drawRows(drawable(tableOfLabels(rows)), budget);
        const grown = tableOfLabels([...rows, ...later]);
        const again = drawAgain(drawable(grown), record);
        expect([...again].filter((row) => row < rows.length)).toEqual([...drawn]);
      }),
    );
  });

  test('draws no row of old again as the table grows, while no threshold rises', () => {
    fc.assert(
      fc.property(codes, codes, budgets, (rows, later, budget) => {
        const before = drawRows(drawable(tableOfLabels(rows)), budget);
        const grown = tableOfLabels([...rows, ...later]);
        const after = drawRows(drawable(grown), budget);
        const now = new Set(after.rows);
        for (const [i, row] of before.rows.entries()) {
          const value = rows[row]! < 0 ? null : labels[rows[row]!];
          const upTo = (record: typeof before.record) =>
            record.strata.find((one) => one.value === value)!.upTo;
          if (upTo(after.record) >= upTo(before.record)) expect(now, `row ${i}`).toContain(row);
        }
      }),
    );
  });

  test('names no value that fewer than five rows have: those are one stratum, the same in whatever order they come', () => {
    const dictionary = ['no', 'yes', 'Ada Lovelace', 'Alan Turing'];
    const rows = Int32Array.from({ length: 400 }, (_, row) => (row < 3 ? 2 : row < 5 ? 3 : row % 2));
    const drawn = (codes: Int32Array, first = 0) => {
      const table = tableOf([
        ['id', { type: 'number', values: Float64Array.from(codes, (_, row) => Math.abs(first - row)) }],
        ['who', { type: 'category', codes, dictionary }],
      ]);
      const by = { name: 'who', column: columnOf(table, 'who') };
      const places = drawingOrder(hashRows(table, ['id']));
      return { ...drawRows({ places, by }, 80), table, drawable: { places, by } };
    };
    const { record, rows: chosen, drawable: same } = drawn(rows);
    expect(record.strata.map(({ value, others, of }) => ({ value, others, of }))).toEqual([
      { others: true, of: 5 },
      { value: 'no', of: 197 },
      { value: 'yes', of: 198 },
    ]);
    expect(JSON.stringify(record)).not.toMatch(/Ada|Alan/);
    expect([...chosen].filter((row) => row < 5)).toHaveLength(1);
    expect(drawAgain(same, record)).toEqual(chosen);
    expect(drawn(rows.toReversed(), 399).record).toEqual(record);
    const named = { ...same, by: { ...same.by, declared: ['Ada Lovelace'] } };
    expect(drawRows(named, 80).record.strata.map(({ value }) => value)).toContain('Ada Lovelace');
  });

  test('takes rows of one key together', () => {
    const table = tableOf([
      ['id', { type: 'number', values: Float64Array.from({ length: 900 }, (_, i) => Math.floor(i / 3)) }],
    ]);
    const { rows } = drawRows({ places: drawingOrder(hashRows(table, ['id'])) }, 300);
    const counts = new Map<number, number>();
    for (const id of idsOf(table, rows)) counts.set(id, (counts.get(id) ?? 0) + 1);
    expect([...new Set(counts.values())]).toEqual([3]);
    expect(rows.length).toBeGreaterThanOrEqual(300);
    expect(rows.length).toBeLessThan(303);
  });

  test('refuses a column that nearly every row has another value of', () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => i);
    const column = { type: 'number' as const, values };
    const table = tableOf([['price', column]]);
    expect(() =>
      drawRows({ places: drawingOrder(hashRows(table, ['price'])), by: { name: 'price', column } }, 100),
    ).toThrow('data.sample: column "price" has more than 1,000 different values');
  });

  test('is evenly drawn: the mean of a column is that of all rows', () => {
    const n = 40_000;
    const table = tableOf([
      ['id', { type: 'number', values: Float64Array.from({ length: n }, (_, i) => i) }],
    ]);
    const { rows } = drawRows({ places: drawingOrder(hashRows(table, ['id'])) }, 4000);
    const mean = idsOf(table, rows).reduce((sum, id) => sum + id, 0) / rows.length;
    // Four standard errors of a mean of 4,000 of 40,000 whole numbers drawn without replacement.
    expect(Math.abs(mean - (n - 1) / 2)).toBeLessThan(4 * Math.sqrt(((n * n) / 12 / 4000) * 0.9));
  });
});
