import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SplitTable } from './split/split-table.ts';
import { rowAt } from './table/table.ts';
import { configOf, prepared, sourceOf, times } from './testing/source-builder.ts';

const rows = 90;
const cell = fc.record({
  id: fc.integer({ min: 0, max: 40 }),
  t: fc.integer({ min: 1, max: 3 }),
  n: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 50 }) }, fc.constant(null)),
  c: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c ') }, fc.constant(null)),
  y: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) }, fc.constant(null)),
});
const table = fc.array(cell, { minLength: rows, maxLength: rows });
const config = configOf({
  data: { key: 'id', time: 't' },
  prepare: { duplicates: 'drop' },
  features: {
    n: { range: [3, null], invalid: 'drop' },
    c: { values: ['a', 'b', 'c'], missing: 'drop' },
  },
});

type Cells = readonly { [name in 'id' | 't' | 'n' | 'c' | 'y']: number | string | null }[];

function source(cells: Cells) {
  const column = (name: 'id' | 't' | 'n' | 'c' | 'y') => cells.map((row) => row[name]);
  return sourceOf({ id: column('id'), t: column('t'), n: column('n'), c: column('c'), y: column('y') });
}

const sides = ['train', 'validation', 'test'] as const;

/** Each row's id with the row as text, over all sides. */
function identified(splits: Readonly<Record<(typeof sides)[number], SplitTable>>): [bigint, string][] {
  return sides.flatMap((side) =>
    [...splits[side].ids].map((id, row): [bigint, string] => [
      id,
      JSON.stringify([side, rowAt(splits[side].table, row)]),
    ]),
  );
}

describe('every row of the source', () => {
  test('is counted once: after the window, late, dropped by one rule, or on one side', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 0, max: 20 }), (cells, added) => {
        const { lock } = prepared(source(cells), config, { moveLock: { until: '2' } });
        const late = times(added, (i) => ({ id: 100 + i, t: 1 + (i % 2), n: 9, c: 'a', y: 1 }));
        const whole = source([...cells, ...late]);
        const { quality, leftOut, splits } = prepared(whole, config, { lock });
        const { read, dropped, kept, train, validation, test: tested } = quality.rows;
        expect(leftOut).toEqual({ afterWindow: cells.filter(({ t }) => t > 2).length, late: added });
        expect(read + leftOut.afterWindow + leftOut.late).toBe(whole.table.rows);
        expect(dropped + kept).toBe(read);
        expect(train + validation + tested).toBe(kept);
        expect([train, validation, tested]).toEqual(sides.map((side) => splits[side].table.rows));
        const byRule = quality.changes.filter(({ effect }) => effect === 'dropped');
        expect(byRule.reduce((sum, change) => sum + change.rows, 0)).toBe(dropped);
      }),
      { numRuns: 100 },
    );
  });

  test('has an id of its own, that does not depend on the order of rows whose keys differ', () => {
    fc.assert(
      fc.property(table, fc.integer(), (cells, seed) => {
        const { splits } = prepared(source(cells), config);
        const ids = identified(splits);
        expect(new Set(ids.map(([id]) => id)).size).toBe(ids.length);
        // Sorted by a scrambled key: rows of equal key keep their order, all others are moved.
        const place = (id: number | string | null): number => Math.imul(Number(id) + 1, seed | 1) >>> 0;
        const moved = [...cells].sort((a, b) => place(a.id) - place(b.id));
        const byId = (a: [bigint, string], b: [bigint, string]): number => (a[0] < b[0] ? -1 : 1);
        expect(identified(prepared(source(moved), config).splits).sort(byId)).toEqual(ids.sort(byId));
      }),
      { numRuns: 100 },
    );
  });
});
