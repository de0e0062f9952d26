import { describe, expect, test } from 'vitest';
import { cellsOf, pairOf, repeated } from '../testing/pairs.ts';
import { constantP } from './constant-values.ts';
import { moreMissing } from './missing-values.ts';
import { newCategories } from './new-categories.ts';
import { rangesApart } from './ranges-apart.ts';
import { unitChange } from './unit-change.ts';

/** n over k in whole numbers. */
function choose(n: number, k: number): number {
  let ways = 1n;
  for (let i = 1; i <= k; i++) ways = (ways * BigInt(n - k + i)) / BigInt(i);
  return Number(ways);
}

/** All ways to deal the pooled rows to the sides, as the values that the current side gets. */
function dealings(pooled: readonly number[], current: number): number[][] {
  if (current === 0) return [[]];
  return pooled.flatMap((value, i) =>
    dealings(pooled.slice(i + 1), current - 1).map((rest) => [value, ...rest]),
  );
}

describe('a constant', () => {
  test('is as likely as all ways to deal the rows say', () => {
    // Values 1 and 2 of three rows each and one 3, all three current ones are 1: two of the 35 dealings are constant.
    const pair = cellsOf([0, 3, 1], [3, 0, 0]);
    const all = dealings([1, 1, 1, 2, 2, 2, 3], 3);
    const constant = all.filter((values) => new Set(values).size === 1).length;
    expect(all).toHaveLength(35);
    expect(constantP(pair)).toBeCloseTo(constant / all.length, 14);
  });

  test('has the chance C(n_v + m, m) / C(n + m, m) where no other value could fill the current rows', () => {
    const pair = cellsOf([4, 3, 3], [6, 0, 0]);
    expect(constantP(pair)).toBeCloseTo(choose(10, 6) / choose(16, 6), 14);
  });

  test('is none where the reference is constant at that value but for less than one row of a hundred', () => {
    expect(constantP(cellsOf([199, 1], [300, 0]))).toBeUndefined();
    expect(constantP(cellsOf([198, 2], [300, 0]))).toBeGreaterThan(0);
    expect(constantP(cellsOf([5, 5], [9, 1]))).toBeUndefined();
    expect(constantP(cellsOf([200, 0], [0, 300]))).toBeUndefined();
  });

  test('of rows that depend on each other says as much as fewer rows', () => {
    const pair = cellsOf([40, 60], [50, 0]);
    const fewer = cellsOf([4, 6], [5, 0]);
    expect(constantP(pair, { reference: 0.1, current: 0.1 })).toBeCloseTo(constantP(fewer)!, 10);
  });
});

describe('ranges', () => {
  test('lie apart in two of all dealings', () => {
    expect(rangesApart(pairOf([1, 2, 3], [4, 5]))).toEqual({
      p: expect.closeTo(2 / choose(5, 2), 14),
      side: 'above',
      all: true,
    });
    expect(rangesApart(pairOf([4, 5, 6], [1, 2]))?.side).toBe('below');
  });

  test('that touch or overlap do not', () => {
    expect(rangesApart(pairOf([1, 2, 3], [3, 4]))).toBeUndefined();
    expect(rangesApart(pairOf([1, 9], [4, 5]))).toBeUndefined();
  });
});

describe('missing values', () => {
  test.each([
    // scipy 1.17: fisher_exact([[now, rest], [before, rest]], alternative="greater")
    [3, 300, 18, 300, 0.0006189964742775501],
    [10, 1000, 18, 300, 2.92448526044263e-6],
  ])('of %i of %i and then %i of %i rows: p as of Fisher, %f', (before, n, now, m, p) => {
    const found = moreMissing({ count: before, rows: n }, { count: now, rows: m })!;
    expect(found / p).toBeCloseTo(1, 8);
  });

  test('matter when they are twice as many and one point more', () => {
    const of = (before: number, now: number) =>
      moreMissing({ count: before, rows: 10_000 }, { count: now, rows: 10_000 });
    expect(of(100, 199)).toBeUndefined();
    expect(of(100, 200)).toBeLessThan(1e-6);
    expect(of(10, 99)).toBeUndefined();
    expect(of(0, 100)).toBeLessThan(1e-6);
    expect(of(300, 100)).toBeUndefined();
  });
});

describe('new categories', () => {
  const named = (rows: Record<string, [number, number]>) =>
    Object.entries(rows).map(([label, [reference, current]]) => ({ label, reference, current }));

  test('are as likely as the sum over all categories with as many rows, in all ways to deal them', () => {
    // "new" has 6 current rows; "old" 6 in the reference could as well be new; of the 9 of "both" too.
    const found = newCategories({
      named: named({ new: [0, 6], old: [6, 0], both: [5, 4], rare: [2, 2] }),
      unseen: 0,
      rows: { reference: 13, current: 12 },
    })!;
    const chance = (c: number): number => choose(12, c) / choose(25, c);
    expect(found.p).toBeCloseTo(2 * chance(6) + chance(9), 12);
    expect(found).toMatchObject({ added: [{ label: 'new', rows: 6 }], share: 0.5, sure: true });
  });

  test('are no surprise where there are many rare ones', () => {
    const rare = Object.fromEntries(
      Array.from({ length: 400 }, (_, i): [string, [number, number]] => [`c${i}`, i === 0 ? [0, 6] : [4, 2]]),
    );
    const found = newCategories({ named: named(rare), unseen: 0, rows: { reference: 1596, current: 500 } });
    // 2% of the rows, and a sum over 400 categories of six rows: 400 (500 / 2096)^6 is about 0.07.
    expect(found!.p).toBeGreaterThan(0.05);
  });

  test('of fewer than five rows, or of less than 1% of the rows, are none', () => {
    const of = (rows: number, current: number) =>
      newCategories({
        named: named({ a: [90, current - rows], b: [0, rows] }),
        unseen: 0,
        rows: { reference: 90, current },
      });
    expect(of(4, 50)).toBeUndefined();
    expect(of(5, 50)).toBeDefined();
    expect(of(5, 501)).toBeUndefined();
  });

  test('that a published profile may hide are less surprising, and are not called surely new', () => {
    const rows = { reference: 300, current: 100 };
    const of = (unseen: number) =>
      newCategories({ named: named({ a: [290, 92], b: [0, 8] }), unseen, rows })!;
    expect(of(4).p).toBeGreaterThan(of(0).p);
    expect(of(4).sure).toBe(false);
    // scipy 1.17: hypergeom.cdf(4, 400, 300, 8) + hypergeom.cdf(4, 400, 300, 382), whose second part is 0.
    expect(of(4).p).toBeCloseTo(0.11161, 3);
  });
});

describe('a change of unit', () => {
  const reference = repeated([10, 20, 40, 20, 10]);
  const distance = (a: readonly number[], b: readonly number[]) => {
    const points = [...a, ...b];
    const share = (of: readonly number[], x: number) => of.filter((value) => value <= x).length / of.length;
    return Math.max(...points.map((x) => Math.abs(share(a, x) - share(b, x))));
  };
  const found = (current: readonly number[]) =>
    unitChange({ value: distance(reference, current), p: 1e-9 }, (factor) => ({
      value: distance(
        reference,
        current.map((value) => Number((value / factor).toPrecision(12))),
      ),
      p: 1e-9,
    }));

  test('is found by the factor that makes the samples match', () => {
    expect(found(reference.map((value) => 1000 * value))).toBe(1000);
    expect(found(reference.map((value) => value / 10))).toBe(1 / 10);
    expect(found(reference.map((value) => 60 * value))).toBe(60);
  });

  test('is none where the plain samples match, or no factor makes them', () => {
    expect(found(reference)).toBeUndefined();
    expect(found(reference.map((value) => value + 100))).toBeUndefined();
    expect(found(reference.map((value) => 3 * value))).toBeUndefined();
  });
});
