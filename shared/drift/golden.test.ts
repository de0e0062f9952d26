import { describe, expect, it } from 'vitest';
import { createRandom } from '../platform/random.ts';
import { biasCorrectedCramersV } from './distances/cramers-v.ts';
import { hellinger } from './distances/hellinger.ts';
import { jensenShannonDistance, jensenShannonDivergence } from './distances/jensen-shannon.ts';
import { lInfinity } from './distances/l-infinity.ts';
import { populationStabilityIndex } from './distances/population-stability-index.ts';
import { totalVariation } from './distances/total-variation.ts';
import { normalisedWasserstein, wasserstein } from './distances/wasserstein.ts';
import { chiSquared } from './hypothesis-tests/chi-squared.ts';
import { cramerVonMises } from './hypothesis-tests/cramer-von-mises.ts';
import { kolmogorovSmirnov } from './hypothesis-tests/kolmogorov-smirnov.ts';
import { permutationP } from './hypothesis-tests/permutation.ts';
import { binsOf } from './samples/bins.ts';
import { rowsOf } from './samples/cell-pair.ts';
import { cellsOf, pairOf, repeated } from './testing/pairs.ts';

/** Population standard deviation. */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0));
}

describe('numbers that peers and scipy give for the same data', () => {
  const [reference, current] = [
    [16, 18, 16, 14, 12, 12],
    [16, 16, 16, 16, 16, 8],
  ] as const;
  const cells = cellsOf(reference, current);
  const pair = pairOf(repeated(reference), repeated(current));

  it('six values: shares', () => {
    expect(chiSquared(cells).value).toBeCloseTo(1.62240896, 8);
    expect(chiSquared(cells).p).toBeCloseTo(0.89852624, 8);
    expect(populationStabilityIndex(cells)).toBeCloseTo(0.037218381577290835, 14);
    expect(jensenShannonDistance(cells, { base: 'e' })).toBeCloseTo(0.06804819617703867, 14);
    expect(jensenShannonDistance(cells)).toBeCloseTo(0.08173421330573756, 14);
    expect(totalVariation(cells)).toBeCloseTo(0.06818181818, 11);
    expect(lInfinity(cells)).toBeCloseTo(0.04545454545, 11);
    expect(hellinger(cells)).toBeCloseTo(0.06812, 4);
  });

  it('six values: a column of numbers is binned by value and gives the same', () => {
    expect(pair.low).toHaveLength(6);
    expect(binsOf(pair)).toMatchObject({ kind: 'values', ...cells });
    expect(wasserstein(pair)).toBeCloseTo(0.09090909091, 11);
    expect(normalisedWasserstein(wasserstein(pair), deviation(repeated(reference)))).toBeCloseTo(
      0.0544331054,
      10,
    );
    const ks = kolmogorovSmirnov(pair);
    expect(ks.value).toBeCloseTo(0.04545454545, 11);
    expect(ks.exact).toBeCloseTo(0.9999926, 7);
  });

  it('total variation of two other samples, and how often permuted rows are as far apart', () => {
    // Evidently's tests give 0.085 and 0.309 here: p-values of its 1,000 permutations, not distances.
    for (const [other, distance, p] of [
      [[10, 10, 24, 24, 10, 10], 9 / 44, 0.085],
      [[10, 24, 12, 16, 8, 16], 13 / 86, 0.309],
    ] as const) {
      const far = cellsOf(reference, other);
      expect(totalVariation(far)).toBeCloseTo(distance, 14);
      const rows = rowsOf(far);
      const share = rows.reference / (rows.reference + rows.current);
      const permuted = permutationP(
        far,
        (counts, pooled) => counts.reduce((sum, count, i) => sum + Math.abs(count - pooled[i]! * share), 0),
        { random: createRandom(5), permutations: 4000, enough: 4000 },
      );
      expect(Math.abs(permuted - p)).toBeLessThan(0.02);
    }
  });

  it('eight rows a side', () => {
    const a = [38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0];
    const b = [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8];
    const ks = kolmogorovSmirnov(pairOf(a, b));
    expect(ks).toMatchObject({ value: 0.625 });
    expect(ks.exact).toBeCloseTo(0.087024087, 9);
    expect(ks.p).toBeCloseTo(0.0493164, 7);
    expect(wasserstein(pairOf(a, b))).toBeCloseTo(4.1625, 12);
    expect(normalisedWasserstein(4.1625, deviation(a))).toBeCloseTo(0.7812361, 7);
    expect(cramerVonMises(pairOf(a, b)).p).toBeCloseTo(0.06433566, 8);
  });

  it("scipy's examples", () => {
    expect(wasserstein(pairOf([0, 1, 3], [5, 6, 8]))).toBe(5);
    expect(jensenShannonDistance(cellsOf([1, 0], [0.5, 0.5]), { base: 'e' })).toBeCloseTo(
      0.46450140402245893,
      14,
    );
  });

  it("bias-corrected Cramér's V with Yates' correction", () => {
    expect(biasCorrectedCramersV(cellsOf([200, 800], [400, 600]), { yates: true })).toBeCloseTo(
      0.21602579,
      8,
    );
  });

  it("TensorFlow Data Validation's Jensen-Shannon divergences", () => {
    // {b,b,a,a,c} against {a,a,Z,Y,X}; points {0,1} against {0,2}; nothing in common
    expect(jensenShannonDivergence(cellsOf([2, 2, 1, 0, 0, 0], [0, 2, 0, 1, 1, 1]))).toBeCloseTo(0.6, 14);
    expect(jensenShannonDivergence(cellsOf([1, 1, 0], [1, 0, 1]))).toBeCloseTo(0.5, 14);
    expect(jensenShannonDivergence(cellsOf([1, 0], [0, 1]))).toBeCloseTo(1, 14);
    expect(lInfinity(cellsOf([0.9, 0.1, 0], [0.7, 0, 0.3]))).toBeCloseTo(0.3, 14);
  });

  it('homogeneity, with and without correction for continuity', () => {
    const table = cellsOf([130, 370], [240, 260]);
    expect(chiSquared(table).value).toBeCloseTo(51.90905, 5);
    expect(chiSquared(table, { yates: true }).value).toBeCloseTo(50.96954, 5);
  });

  it('the stability index of a new category depends on its floor', () => {
    const added = cellsOf([0.5, 0.5, 0], [0.4, 0.5, 0.1]);
    expect(populationStabilityIndex(added)).toBeCloseTo(0.712, 3);
    expect(populationStabilityIndex(added, { floor: 0.01 })).toBeCloseTo(0.23, 3);
  });
});
