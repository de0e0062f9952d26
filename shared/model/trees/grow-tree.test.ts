import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { binColumns } from './bin-matrix.ts';
import { fitBins } from './bins.ts';
import { createTreeGrower, type GrownTree, type GrowthRules } from './grow-tree.ts';
import { freely, type RandomTable, randomTables } from './testing/tree-tables.ts';
import type { TreeColumn } from './tree-columns.ts';

const numbers = (...values: number[]): TreeColumn => ({ kind: 'number', values: Float64Array.from(values) });

/** A tree over all rows; `first` are the derivatives. */
function grow(
  columns: readonly TreeColumn[],
  first: Float64Array,
  { room, ...rules }: Partial<GrowthRules> & { readonly room?: number | undefined } = {},
  second?: Float64Array,
): GrownTree {
  const rows = first.length;
  const bins = fitBins(columns, rows, createRandom(1));
  const grower = createTreeGrower(
    binColumns(columns, bins, rows),
    bins,
    { ...freely, ...rules },
    { outputs: 1, curved: second !== undefined },
    room,
  );
  grower.derivatives.first.set(first);
  if (second) grower.derivatives.second!.set(second);
  return grower.grow(
    0,
    Uint32Array.from({ length: rows }, (_, i) => i),
    columns.map((_, c) => c),
  );
}

const rowsOf = ({ rows, leaves }: GrownTree) => leaves.map(({ from, to }) => [...rows.subarray(from, to)]);

/** Every way to cut rows in two by one column. */
function* cuts(column: TreeColumn, rows: number): Generator<boolean[]> {
  const all = Array.from({ length: rows }, (_, row) => row);
  if (column.kind === 'number') {
    for (const threshold of new Set(Array.from(column.values).filter((value) => !Number.isNaN(value)))) {
      for (const missingLeft of [false, true]) {
        yield all.map((row) =>
          Number.isNaN(column.values[row]!) ? missingLeft : column.values[row]! <= threshold,
        );
      }
    }
    return;
  }
  // Categories with fewer than 5 rows are one: they have no bin of their own.
  const counts = new Map<number, number>();
  for (const row of all) counts.set(column.codes[row]!, (counts.get(column.codes[row]!) ?? 0) + 1);
  const levelOf = (code: number) => (code >= 0 && counts.get(code)! < 5 ? 99 : code);
  const levels = [...new Set(all.map((row) => levelOf(column.codes[row]!)))];
  for (let subset = 0; subset < 2 ** levels.length; subset++) {
    yield all.map((row) => ((subset >> levels.indexOf(levelOf(column.codes[row]!))) & 1) === 1);
  }
}

function scoreOf(first: Float64Array, left: readonly boolean[], l2: number): number {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let row = 0; row < first.length; row++) {
    sums[left[row] ? 0 : 1]! += first[row]!;
    counts[left[row] ? 0 : 1]!++;
  }
  return sums.reduce(
    (total, sum, side) => total + (counts[side] === 0 ? 0 : sum ** 2 / (counts[side]! + l2)),
    0,
  );
}

/** The best score of all cuts that leave enough rows on both sides; without one that of the whole. */
function bestScore({ columns, rows, targets }: RandomTable, least: number, l2: number): number {
  let best = targets.reduce((sum, target) => sum + target, 0) ** 2 / (rows + l2);
  for (const column of columns) {
    for (const left of cuts(column, rows)) {
      const count = left.filter(Boolean).length;
      if (count >= least && rows - count >= least) best = Math.max(best, scoreOf(targets, left, l2));
    }
  }
  return best;
}

describe('growing a tree', () => {
  it('finds the split that an exhaustive search finds, with ties, missing values and categories', () => {
    fc.assert(
      fc.property(randomTables(24), fc.integer({ min: 1, max: 4 }), (table, minimumRows) => {
        const tree = grow(table.columns, table.targets, { leaves: 2, minimumRows });
        const left = Array.from({ length: table.rows }, () => false);
        for (const row of rowsOf(tree)[0]!) left[row] = true;
        const expected = bestScore(table, minimumRows, 0);
        expect(scoreOf(table.targets, left, 0)).toBeCloseTo(expected, 7);
      }),
      { numRuns: 500 },
    );
  });

  it('finds it with a penalty, too, where columns are numbers', () => {
    const tables = randomTables(24).map((table) => ({
      ...table,
      columns: [
        ...table.columns.filter(({ kind }) => kind === 'number'),
        { kind: 'number', values: table.targets } as const,
      ],
    }));
    fc.assert(
      fc.property(tables, fc.double({ min: 0, max: 20, noNaN: true }), (table, l2) => {
        const tree = grow(table.columns, table.targets, { leaves: 2, l2 });
        const left = Array.from({ length: table.rows }, () => false);
        for (const row of rowsOf(tree)[0]!) left[row] = true;
        expect(scoreOf(table.targets, left, l2)).toBeCloseTo(bestScore(table, 1, l2), 7);
      }),
      { numRuns: 300 },
    );
  });

  it('sends missing values to the side where they lower the loss more', () => {
    const tree = grow([numbers(1, 2, 3, 4, Number.NaN, Number.NaN)], Float64Array.of(-5, -5, 5, 5, -5, -5), {
      leaves: 2,
    });
    expect(rowsOf(tree)).toEqual([
      [0, 1, 4, 5],
      [2, 3],
    ]);
  });

  it('can ask for nothing but whether a value is missing', () => {
    const tree = grow([numbers(1, 2, Number.NaN, 3, Number.NaN)], Float64Array.of(1, 1, -9, 1, -9), {
      leaves: 2,
    });
    expect(rowsOf(tree)).toEqual([
      [0, 1, 3],
      [2, 4],
    ]);
  });

  it('sends missing values that training never saw with the larger child', () => {
    const [node] = grow([numbers(1, 2, 3, 4, 5)], Float64Array.of(-9, 1, 1, 1, 1), { leaves: 2 }).nodes;
    expect(node!.goesLeft[0]).toBe(0);
    const [other] = grow([numbers(1, 2, 3, 4, 5)], Float64Array.of(1, 1, 1, 1, -9), { leaves: 2 }).nodes;
    expect(other!.goesLeft[0]).toBe(1);
  });

  it('does not tell categories apart that have fewer rows than the smoothing', () => {
    const codes = [...Array(20).fill(0), ...Array(20).fill(1), ...Array(6).fill(2), ...Array(6).fill(3)];
    const column: TreeColumn = { kind: 'category', codes: Int32Array.from(codes), levels: 4 };
    const first = Float64Array.from(codes, (code) => [0, 1, 50, -50][code]!);
    const sides = (smoothing: number) => {
      const [node] = grow([column], first, { leaves: 2, smoothing }).nodes;
      // Bins: the two frequent categories, then the rare ones.
      return [...node!.goesLeft.subarray(2, 6)];
    };
    expect(new Set(sides(10).slice(2)).size).toBe(1);
    expect(new Set(sides(0).slice(2)).size).toBe(2);
  });

  it('splits the leaf that gains most next, not the one that comes next', () => {
    // x cuts at 2.5 first; the right side (20, 50) gains more than the left one (-20, -22).
    const tree = grow([numbers(1, 2, 3, 4)], Float64Array.of(-20, -22, 20, 50), { leaves: 3 });
    expect(rowsOf(tree)).toEqual([[0, 1], [2], [3]]);
  });

  it.each([
    ['leaves', { leaves: 3 }, 3],
    ['depth', { depth: 1 }, 2],
    ['rows a leaf', { minimumRows: 4 }, 2],
    ['gain', { minimumGain: 1e6 }, 1],
  ])('stops at its limit of %s', (_, rules, leaves) => {
    const x = numbers(1, 2, 3, 4, 5, 6, 7, 8);
    expect(grow([x], Float64Array.of(1, 2, 4, 8, 16, 32, 64, 128), rules).leaves).toHaveLength(leaves);
  });

  it('does not split where nothing is gained: equal derivatives, constant and empty columns', () => {
    const constant = numbers(7, 7, 7, 7);
    const empty = numbers(Number.NaN, Number.NaN, Number.NaN, Number.NaN);
    const none: TreeColumn = { kind: 'category', codes: Int32Array.of(-1, -1, -1, -1), levels: 0 };
    expect(grow([numbers(1, 2, 3, 4)], Float64Array.of(0.1, 0.1, 0.1, 0.1)).nodes).toEqual([]);
    expect(grow([constant, empty, none], Float64Array.of(1, 2, 3, 4)).nodes).toEqual([]);
  });

  it('grows the same tree whether or not there is room to keep sums', () => {
    fc.assert(
      fc.property(randomTables(60, 30), fc.boolean(), ({ columns, targets }, curved) => {
        const second = curved ? targets.map((value) => 0.1 + Math.abs(value) / 30) : undefined;
        const [kept, ...others] = [undefined, 0, 3000].map((room) =>
          grow(columns, targets, { leaves: 12, room }, second),
        );
        for (const other of others) expect(other).toEqual(kept);
      }),
    );
  });
});
