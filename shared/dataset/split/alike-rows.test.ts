import { describe, expect, it } from 'vitest';
import type { Lock } from '../../config/lock/lock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { type PreparedDataset, prepareDataset } from '../prepare-dataset.ts';
import { columnOf, valueAt } from '../table/table.ts';
import { configOf, sourceOf, times } from '../testing/source-builder.ts';

/** Passengers of a ship: three columns, twelve different rows, and some of each were saved. */
function passengers(n: number) {
  const random = createRandom(7);
  const cells = times(n, (i) => ({
    class: ['1st', '2nd', '3rd'][i % 3]!,
    sex: i % 5 < 3 ? 'man' : 'woman',
    age: i % 7 === 0 ? 'child' : 'adult',
    y: random.next() < (i % 5 < 3 ? 0.2 : 0.7) ? 'yes' : 'no',
  }));
  return {
    class: cells.map((row) => row.class),
    sex: cells.map((row) => row.sex),
    age: cells.map((row) => row.age),
    y: cells.map((row) => row.y),
  };
}

function prepare(
  columns: Parameters<typeof sourceOf>[0],
  parts: Parameters<typeof configOf>[0] = {},
  lock?: Lock,
): Extract<PreparedDataset, { kind: 'folds' }> {
  const config = configOf({ task: 'binary', split: { folds: 5 }, ...parts });
  const result = prepareDataset(
    { source: sourceOf(columns), config, ...(lock ? { lock } : {}) },
    { logger: silentLogger },
  );
  if (result.kind !== 'folds') throw new Error('the rows are not in folds');
  return result;
}

const checkOf = ({ quality }: PreparedDataset, name: string) =>
  quality.checks.find(({ check }) => check === name)!;

describe('rows that look alike', () => {
  it('are divided one by one where few different ones come often, with different targets', () => {
    const { rows, lock, quality } = prepare(passengers(1000));
    expect(lock.split.apart).toBe(true);
    expect(checkOf({ quality } as PreparedDataset, 'split-duplicates').status).toBe('pass');
    expect(quality.remarks!.map(({ kind }) => kind)).toEqual(['alike']);
    expect(quality.remarks![0]!.message).toContain('1,000 rows have only 12 different values');
    // 200 rows a fold, within five standard deviations of a binomial count.
    for (const fold of times(5, (i) => i)) {
      const count = rows.folds.filter((one) => one === fold).length;
      expect(Math.abs(count - 200)).toBeLessThan(5 * Math.sqrt(1000 * 0.2 * 0.8));
    }
    expect(new Set(rows.ids).size).toBe(1000);
  });

  it('are drawn one by one for a sample, which is of as many rows as were asked for, on the sides of all', () => {
    const columns = passengers(1000);
    const all = prepare(columns);
    const parts = { data: { sample: 300 } };
    const { rows, lock } = prepare(columns, parts);
    expect(rows.ids).toHaveLength(300);
    expect(lock.split.apart).toBe(true);
    const folds = new Map(Array.from(all.rows.ids, (id, row) => [id, all.rows.folds[row]!]));
    expect(Array.from(rows.ids, (id) => folds.get(id))).toEqual([...rows.folds]);
    const cells = Array.from(rows.ids.keys(), (row) =>
      ['class', 'sex', 'age'].map((name) => valueAt(columnOf(rows.table, name), row)).join(),
    );
    // Of twelve different rows each has some.
    expect(new Set(cells).size).toBe(12);
    expect(prepare(columns, parts, lock).rows.ids).toEqual(rows.ids);
  });

  it('stay where they are as more of them come', () => {
    const before = prepare(passengers(800));
    const after = prepare(passengers(1200), {});
    expect([...after.rows.folds.subarray(0, 800)]).toEqual([...before.rows.folds]);
  });

  it('are together where they are copies, with the label of their original', () => {
    const random = createRandom(3);
    const originals = times(300, () => [random.normal(), random.next() < 0.5 ? 'a' : 'b'] as const);
    const copied = [...originals, ...originals, ...originals];
    const { rows, lock } = prepare({ x: copied.map(([x]) => x), y: copied.map(([, y]) => y) });
    expect(lock.split.apart).toBeUndefined();
    expect([...rows.folds.subarray(300, 600)]).toEqual([...rows.folds.subarray(0, 300)]);
  });

  it('are together where a key or a group says what a thing is, and where copies are to be dropped', () => {
    const columns = passengers(1000);
    const keyed = { ...columns, id: times(1000, (i) => `p${i % 100}`) };
    expect(prepare(keyed, { data: { key: 'id' } }).lock.split.apart).toBeUndefined();
    expect(prepare(keyed, { data: { group: 'id' } }).lock.split.apart).toBeUndefined();
  });

  it('stay together under a lock that divided them together', () => {
    const columns = passengers(1000);
    const { lock } = prepare(columns);
    const { apart: _, ...split } = lock.split;
    const few = { ...lock, split: { ...split, folds: 3 } };
    const { rows, lock: kept } = prepare(columns, { split: { folds: 3 } }, few);
    expect(kept.split.apart).toBeUndefined();
    const foldOf = new Map<string, number>();
    for (const [row, fold] of rows.folds.entries()) {
      const key = [columns.class[row], columns.sex[row], columns.age[row]].join();
      expect(foldOf.get(key) ?? fold).toBe(fold);
      foldOf.set(key, fold);
    }
  });

  it('are not called copies on two sides of the split, where a key tells them apart', () => {
    const alike = { ...passengers(1000), id: times(1000, (i) => `p${i}`) };
    const check = checkOf(prepare(alike, { data: { key: 'id' } }), 'split-duplicates');
    expect(check.message).toMatch(
      /^1,000 rows equal a row of another fold in every feature: with 12 different ones/,
    );
    expect(check.message).toContain('look alike, and no copies');
    expect(check.message).not.toContain('prepare.duplicates');
    const random = createRandom(5);
    const x = times(500, () => random.normal());
    const copies = { x: [...x, ...x], y: times(1000, (i) => (x[i % 500]! > 0 ? 'a' : 'b')), id: alike.id };
    expect(checkOf(prepare(copies, { data: { key: 'id' } }), 'split-duplicates')).toMatchObject({
      status: 'warn',
      message: expect.stringContaining(
        'copies make the evaluation slightly optimistic, and prepare.duplicates: drop leaves one of each',
      ),
    });
  });

  it('are not called copies alone where an experiment was repeated under the same conditions', () => {
    // Five replicates of 400 conditions; the measured outcome differs.
    const random = createRandom(6);
    const dose = times(2000, (i) => 1 + Math.floor(i / 5));
    const replicates = { dose, y: times(2000, (i) => (random.next() < dose[i]! / 400 ? 'a' : 'b')) };
    const { message } = checkOf(
      prepare({ ...replicates, run: times(2000, (i) => `r${i}`) }, { data: { key: 'run' } }),
      'split-duplicates',
    );
    expect(message).toMatch(/ in every feature: /);
    expect(message).toMatch(/replicates|look alike/);
    expect(message).not.toMatch(/: the evaluation is/);
    expect(message).toContain('a data.group keeps');
  });
});
