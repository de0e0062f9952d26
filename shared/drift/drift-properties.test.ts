import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeProfiles, type Profile, profileOver, profileTable } from '../dataset/profile/profile.ts';
import { type Table, tableOf } from '../dataset/table/table.ts';
import { categories, numbers, schemaOf } from '../dataset/testing/dataset-builders.ts';
import { createRandom } from '../platform/random.ts';
import { hellinger } from './distances/hellinger.ts';
import { jensenShannonDistance } from './distances/jensen-shannon.ts';
import { lInfinity } from './distances/l-infinity.ts';
import { populationStabilityIndex } from './distances/population-stability-index.ts';
import { totalVariation } from './distances/total-variation.ts';
import { wasserstein } from './distances/wasserstein.ts';
import { compareTables } from './drift.ts';
import { chiSquared } from './hypothesis-tests/chi-squared.ts';
import { cramerVonMises } from './hypothesis-tests/cramer-von-mises.ts';
import { kolmogorovSmirnov } from './hypothesis-tests/kolmogorov-smirnov.ts';
import { chiSquaredPermutationP, kolmogorovPermutationP } from './hypothesis-tests/permutation.ts';
import { drawHypergeometric } from './hypothesis-tests/random-table.ts';
import { twoProportions } from './hypothesis-tests/two-proportion.ts';
import { type DriftReport, driftReportSchema } from './report/drift-report.ts';
import { cellsOf, pairOf } from './testing/pairs.ts';

const value = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ min: -1e3, max: 1e3, noNaN: true }));
const sample = fc.array(value, { minLength: 2, maxLength: 40 });
const counts = fc
  .array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 2, maxLength: 12 })
  .filter((cells) => cells.some(([a]) => a > 0) && cells.some(([, b]) => b > 0));

const distances = {
  jensenShannonDistance,
  totalVariation,
  lInfinity,
  hellinger,
  populationStabilityIndex,
};

describe('statistics of numbers', () => {
  it('are the same with the samples exchanged, and in any order of rows', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [one, other] = [pairOf(a, b), pairOf(b, [...a].reverse())];
        const [left, right] = [kolmogorovSmirnov(one), kolmogorovSmirnov(other)];
        expect(right.value).toBeCloseTo(left.value, 12);
        expect(right.p).toBeCloseTo(left.p, 10);
        expect(right.exact).toBeCloseTo(left.exact ?? -1, 10);
        expect(wasserstein(other)).toBeCloseTo(wasserstein(one), 9);
        expect(cramerVonMises(other).value).toBeCloseTo(cramerVonMises(one).value, 9);
      }),
    );
  });

  it('do not change with the unit, in which only Wasserstein is measured', () => {
    fc.assert(
      fc.property(
        sample,
        sample,
        fc.constantFrom(0.5, 2, 8),
        fc.integer({ min: -8, max: 8 }),
        (a, b, scale, by) => {
          const a2 = a.map((x) => x * scale + by);
          const b2 = b.map((x) => x * scale + by);
          // Adding may round different values to one.
          fc.pre(new Set([...a, ...b]).size === new Set([...a2, ...b2]).size);
          const [before, after] = [pairOf(a, b), pairOf(a2, b2)];
          expect(kolmogorovSmirnov(after)).toEqual(kolmogorovSmirnov(before));
          expect(cramerVonMises(after)).toEqual(cramerVonMises(before));
          expect(wasserstein(after)).toBeCloseTo(wasserstein(before) * scale, 8);
        },
      ),
    );
  });

  it('of equal samples are 0, with p = 1', () => {
    fc.assert(
      fc.property(sample, (a) => {
        const same = pairOf(a, [...a].reverse());
        expect(kolmogorovSmirnov(same)).toEqual({ value: 0, p: 1, exact: 1 });
        expect(wasserstein(same)).toBe(0);
        expect(cramerVonMises(same).p).toBeGreaterThan(0.99);
      }),
    );
  });
});

describe('statistics of shares', () => {
  it('are symmetric, at least 0, and 0 between a sample and a multiple of it', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 5 }), (cells, factor) => {
        const a = cells.map(([left]) => left);
        const b = cells.map(([, right]) => right);
        for (const distance of Object.values(distances)) {
          const there = distance(cellsOf(a, b));
          expect(distance(cellsOf(b, a))).toBeCloseTo(there, 12);
          expect(there).toBeGreaterThanOrEqual(0);
          expect(
            distance(
              cellsOf(
                a,
                a.map((count) => count * factor),
              ),
            ),
          ).toBeLessThan(1e-7);
        }
        expect(chiSquared(cellsOf(b, a)).value).toBeCloseTo(chiSquared(cellsOf(a, b)).value, 9);
        expect(chiSquared(cellsOf(a, a)).p).toBeCloseTo(1, 12);
      }),
    );
  });

  it('keep to each other: Hellinger² ≤ total variation ≤ √2 Hellinger, L∞ ≤ twice it', () => {
    fc.assert(
      fc.property(counts, (cells) => {
        const pair = cellsOf(
          cells.map(([a]) => a),
          cells.map(([, b]) => b),
        );
        const [h, tv] = [hellinger(pair), totalVariation(pair)];
        expect(h * h).toBeLessThanOrEqual(tv + 1e-12);
        expect(tv).toBeLessThanOrEqual(Math.SQRT2 * h + 1e-12);
        expect(lInfinity(pair)).toBeLessThanOrEqual(2 * tv + 1e-12);
      }),
    );
  });
});

describe('random tables', () => {
  it('have the hypergeometric mean and variance, by each way of drawing', () => {
    const random = createRandom(8);
    for (const urn of [
      { rows: 50, marked: 5, drawn: 20 },
      { rows: 50, marked: 30, drawn: 6 },
      { rows: 400, marked: 150, drawn: 90 },
      { rows: 100_000, marked: 40_000, drawn: 30_000 },
    ]) {
      const draws = 20_000;
      let mean = 0;
      let square = 0;
      for (let i = 0; i < draws; i++) {
        const x = drawHypergeometric(urn, random);
        mean += x / draws;
        square += (x * x) / draws;
      }
      const share = urn.marked / urn.rows;
      const expected = urn.drawn * share;
      const variance = (expected * (1 - share) * (urn.rows - urn.drawn)) / (urn.rows - 1);
      expect(Math.abs(mean - expected)).toBeLessThan(4.5 * Math.sqrt(variance / draws));
      expect(Math.abs((square - mean * mean) / variance - 1)).toBeLessThan(0.05);
    }
  });

  it('give the exact p-value of two cells', () => {
    const table = cellsOf([30, 10], [22, 18]);
    const exact = twoProportions({ count: 30, rows: 40 }, { count: 22, rows: 40 }).exact!;
    const options = { random: createRandom(2), permutations: 20_000, enough: 20_000 };
    expect(Math.abs(chiSquaredPermutationP(table, options) - exact)).toBeLessThan(0.01);
    expect(Math.abs(kolmogorovPermutationP(table, options) - exact)).toBeLessThan(0.01);
  });
});

const row = fc.record({
  n: fc.option(value),
  c: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e')),
});
type Made = typeof row extends fc.Arbitrary<infer T> ? T : never;

function tableOfRows(rows: readonly Made[]): Table {
  return tableOf([
    ['n', numbers(rows.map(({ n }) => n))],
    ['c', categories(rows.map(({ c }) => c))],
  ]);
}

function report(
  reference: Profile,
  current: Profile,
  tables?: { reference: Table; current: Table },
): DriftReport {
  return compareTables(
    { reference, current, multivariate: false, ...(tables ? { tables } : {}) },
    { permutations: 99, minRows: 1 },
  );
}

describe('a report', () => {
  const rows = fc.array(row, { maxLength: 50 });

  it('has its schema and no NaN, whatever the rows', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [whole, later] = [tableOfRows(a), tableOfRows(b)];
        const reference = profileTable(whole, schemaOf(whole));
        const made = report(reference, profileOver(reference, later), { reference: whole, current: later });
        expect(driftReportSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
      }),
    );
  });

  it('of exact profiles is that of the rows, also where days were added up to a week', () => {
    fc.assert(
      fc.property(rows, rows, rows, (a, b, c) => {
        const whole = tableOfRows(a);
        const reference = profileTable(whole, schemaOf(whole));
        // Numbers that the reference does not have fall into gaps: keep to those that it has.
        const known = new Set(a.map(({ n }) => n));
        const keep = (made: readonly Made[]): Made[] => made.filter(({ n }) => known.has(n));
        const [day, next] = [keep(b), keep(c)];
        const week = tableOfRows([...day, ...next]);
        const merged = mergeProfiles(
          profileOver(reference, tableOfRows(day)),
          profileOver(reference, tableOfRows(next)),
        );
        const byRows = report(reference, profileOver(reference, week), { reference: whole, current: week });
        const byProfile = report(reference, merged);
        expect(byProfile.columns.map(({ statistics, tests }) => ({ statistics, tests }))).toEqual(
          byRows.columns.map(({ statistics, tests }) => ({ statistics, tests })),
        );
      }),
    );
  });

  it('is the same for the same seed, and for the rows in any order', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const whole = tableOfRows(a);
        const reference = profileTable(whole, schemaOf(whole));
        const later = (made: Made[]) => report(reference, profileOver(reference, tableOfRows(made)));
        expect(later([...b].reverse())).toEqual(later(b));
      }),
      { numRuns: 50 },
    );
  });

  it('of a table with itself finds no distance', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (a) => {
        const whole = tableOfRows(a);
        const reference = profileTable(whole, schemaOf(whole));
        const same = report(reference, profileOver(reference, whole));
        expect(same.drift).toBe(false);
        for (const { tests } of same.columns) {
          for (const test of tests) expect(test).toMatchObject({ p: 1, drifted: false });
        }
      }),
    );
  });
});
