import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runOver, type StepsTest, valuesOf } from './testing/steps-helpers.ts';

/** A row of either table; null is missing. */
interface Row {
  readonly k: number | null;
  readonly g: string | null;
  readonly t: number | null;
  readonly v: number | null;
}

const rows = fc.array(
  fc.record({
    k: fc.option(fc.integer({ min: 0, max: 3 })),
    g: fc.option(fc.constantFrom('a', 'b')),
    t: fc.option(fc.integer({ min: 0, max: 9 })),
    v: fc.option(fc.integer({ min: -9, max: 9 })),
  }),
  { minLength: 1, maxLength: 14 },
);
const types = { k: 'number', g: 'category', t: 'number', v: 'number' } as const;
const facts = { rows: { types }, other: { types } };
const cells = (list: readonly Row[]) => ({
  i: list.map((_, i) => i),
  k: list.map(({ k }) => k),
  g: list.map(({ g }) => g),
  t: list.map(({ t }) => t),
  v: list.map(({ v }) => v),
});

/** What a rollup is, written out. */
const plainly = {
  n: (list: readonly Row[]) => list.length,
  sum: (list: readonly Row[]) => {
    const known = knownOf(list);
    return known.length > 0 || list.length === 0 ? known.reduce((sum, v) => sum + v, 0) : null;
  },
  mean: (list: readonly Row[]) => {
    const known = knownOf(list);
    return known.length > 0 ? known.reduce((sum, v) => sum + v, 0) / known.length : null;
  },
  min: (list: readonly Row[]) => (knownOf(list).length > 0 ? Math.min(...knownOf(list)) : null),
  max: (list: readonly Row[]) => (knownOf(list).length > 0 ? Math.max(...knownOf(list)) : null),
  distinct: (list: readonly Row[]) => new Set(list.flatMap(({ g }) => g ?? [])).size,
  last: (list: readonly Row[]) =>
    list
      .filter(({ t }) => t !== null)
      .sort((a, b) => a.t! - b.t!)
      .findLast(({ g }) => g !== null)?.g ?? null,
};
const names = ['n', 'sum', 'mean', 'min', 'max', 'distinct', 'last'] as const;
const knownOf = (list: readonly Row[]): number[] => list.flatMap(({ v }) => v ?? []);
const rollup = {
  n: 'count',
  sum: { sum: 'v' },
  mean: { mean: 'v' },
  min: { min: 'v' },
  max: { max: 'v' },
  distinct: { distinct: 'g' },
  last: { last: 'g' },
} as const;

function outcome(
  step: StepsTest['steps'][number],
  left: readonly Row[],
  right: readonly Row[],
  shown: readonly string[],
) {
  return valuesOf(
    runOver({ sources: { rows: cells(left), other: cells(right) }, facts, steps: [step] }),
    shown,
  );
}

describe('any tables, with missing and repeated values', () => {
  it('are grouped as a plain loop groups them, in order of first appearance', () => {
    fc.assert(
      fc.property(rows, (left) => {
        const keys = [...new Set(left.flatMap(({ k }) => k ?? []))];
        const expected = keys.map((key) => {
          const own = left.filter(({ k }) => k === key);
          return [key, ...names.map((name) => plainly[name](own))];
        });
        expect(outcome({ group: { by: 'k', time: 't', rollup } }, left, left, ['k', ...names])).toEqual(
          expected,
        );
      }),
    );
  });

  it('are rolled up over the window before each row as a plain loop does', () => {
    fc.assert(
      fc.property(rows, rows, fc.integer({ min: 1, max: 6 }), (left, right, width) => {
        const expected = left.map(({ k, t }) => {
          if (k === null || t === null) return names.map(() => null);
          const past = right.filter(
            (row) => row.k === k && row.t !== null && row.t >= t - width && row.t < t,
          );
          return names.map((name) => plainly[name](past));
        });
        const group = { of: 'other', by: 'k', time: 't', window: width, rollup };
        expect(outcome({ group }, left, right, names)).toEqual(expected);
      }),
    );
  });

  it('are joined as of a time with the newest partner that a plain loop finds', () => {
    const anyTolerance = fc.option(fc.integer({ min: 1, max: 5 }));
    fc.assert(
      fc.property(rows, rows, anyTolerance, fc.boolean(), (left, right, tolerance, sameTime) => {
        const expected = left.map(({ k, t }) => {
          let best: number | null = null;
          for (const [j, row] of right.entries()) {
            if (k === null || t === null || row.k !== k || row.t === null) continue;
            const age = t - row.t;
            if (age < 0 || (age === 0 && !sameTime) || age > (tolerance ?? Number.POSITIVE_INFINITY))
              continue;
            if (best === null || row.t >= right[best]!.t!) best = j;
          }
          return [best];
        });
        const asOf = { time: 't', 'same-time': sameTime, ...(tolerance === null ? {} : { tolerance }) };
        const join = { with: 'other', on: 'k', columns: { i: 'j' }, 'as-of': asOf };
        expect(outcome({ join }, left, right, ['j'])).toEqual(expected);
      }),
    );
  });

  it('keep one row of equal keys, and all that lack one', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('first' as const, 'last' as const), (left, keep) => {
        const same = (a: Row, b: Row): boolean => a.k === b.k && a.g === b.g;
        const expected = left.flatMap((row, i) => {
          if (row.k === null || row.g === null) return [[i]];
          const others = keep === 'first' ? left.slice(0, i) : left.slice(i + 1);
          return others.some((other) => same(row, other)) ? [] : [[i]];
        });
        expect(outcome({ dedupe: { by: ['k', 'g'], keep } }, left, left, ['i'])).toEqual(expected);
      }),
    );
  });
});
