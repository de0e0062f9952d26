import { describe, expect, it } from 'vitest';
import { cramersV } from './distances/cramers-v.ts';
import { hellinger } from './distances/hellinger.ts';
import { jensenShannonDistance } from './distances/jensen-shannon.ts';
import { lInfinity } from './distances/l-infinity.ts';
import { populationStabilityIndex } from './distances/population-stability-index.ts';
import { totalVariation } from './distances/total-variation.ts';
import { normalisedWasserstein, wasserstein } from './distances/wasserstein.ts';
import {
  chiSquaredQuantile,
  chiSquaredSurvival,
  noncentralSurvival,
} from './distributions/chi-squared-distribution.ts';
import { cramerVonMisesSurvival } from './distributions/cramer-von-mises-limit.ts';
import { kolmogorovSurvival } from './distributions/kolmogorov-distribution.ts';
import { exactKolmogorovSmirnov } from './distributions/kolmogorov-smirnov-exact.ts';
import fixtures from './fixtures/statistics.json' with { type: 'json' };
import { adjustedPValues } from './hypothesis-tests/benjamini-hochberg.ts';
import { chiSquared } from './hypothesis-tests/chi-squared.ts';
import { cramerVonMises } from './hypothesis-tests/cramer-von-mises.ts';
import { gTest } from './hypothesis-tests/g-test.ts';
import { kolmogorovSmirnov } from './hypothesis-tests/kolmogorov-smirnov.ts';
import { tiedCramerVonMises } from './hypothesis-tests/tied-cramer-von-mises.ts';
import { twoProportions } from './hypothesis-tests/two-proportion.ts';
import { countedValues } from './samples/counted-values.ts';
import { pairOfValues } from './samples/number-pair.ts';
import { cellsOf, pairOf } from './testing/pairs.ts';

/** Equal to a part in 10^digits, or to that much of 1 where the value is smaller. */
function near(actual: number | undefined, expected: number, tolerance = 1e-12): void {
  const size = Math.max(Math.abs(expected), tolerance < 1e-9 ? 1e-3 : 1);
  if (actual === undefined || !(Math.abs(actual - expected) <= tolerance * size)) {
    expect.fail(`${actual} is not ${expected} to ${tolerance}`);
  }
}

describe('statistics of two samples of numbers agree with scipy', () => {
  for (const { name, reference, current, ...expected } of fixtures.numbers) {
    const pair = pairOf(reference, current);
    it(`Kolmogorov-Smirnov: ${name}`, () => {
      const { value, p, exact } = kolmogorovSmirnov(pair);
      near(value, expected.ks.value);
      near(p, expected.ks.p, 1e-9);
      near(exact, expected.ks.exact, 1e-11);
    });
    it(`Cramér-von Mises: ${name}`, () => {
      const { value, p } = cramerVonMises(pair);
      near(value, expected.cramerVonMises.value);
      near(p, expected.cramerVonMises.p, 1e-9);
    });
    it(`Wasserstein: ${name}`, () => {
      const distance = wasserstein(pair);
      near(distance, expected.wasserstein, name === 'far from zero' ? 1e-9 : 1e-12);
      const normalised = normalisedWasserstein(distance, expected.deviation);
      if (expected.deviation === 0) expect(normalised).toBeUndefined();
      else near(normalised, expected.wasserstein / expected.deviation, 1e-8);
    });
  }

  it('Wasserstein with weights', () => {
    for (const {
      reference,
      current,
      referenceWeights,
      currentWeights,
      wasserstein: expected,
    } of fixtures.weights) {
      const counted = (values: number[], weights: number[]) => {
        const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
        return {
          values: Float64Array.from(order, (i) => values[i]!),
          counts: Float64Array.from(order, (i) => weights[i]!),
        };
      };
      near(
        wasserstein(pairOfValues(counted(reference, referenceWeights), counted(current, currentWeights))),
        expected,
      );
    }
  });
});

describe('statistics of two samples over cells agree with scipy', () => {
  for (const { name, reference, current, ...expected } of fixtures.cells) {
    it(name, () => {
      const pair = cellsOf(reference, current);
      const tests = [
        [chiSquared(pair), expected.chiSquared],
        [chiSquared(pair, { yates: true }), expected.yates],
        [gTest(pair), expected.gTest],
      ] as const;
      for (const [actual, scipy] of tests) {
        near(actual.value, scipy.value, 1e-11);
        near(actual.p, scipy.p, 1e-11);
      }
      near(cramersV(pair), expected.cramersV);
      near(jensenShannonDistance(pair), expected.jensenShannon, 1e-11);
      near(jensenShannonDistance(pair, { base: 'e' }), expected.jensenShannonNatural, 1e-11);
      near(totalVariation(pair), expected.totalVariation);
      near(lInfinity(pair), expected.lInfinity);
      near(hellinger(pair), expected.hellinger);
      near(populationStabilityIndex(pair), expected.psi);
    });
  }
});

describe('distributions agree with scipy', () => {
  it('Kolmogorov, for samples of 1 to 750,000 rows', () => {
    for (const { n, x, survival } of fixtures.kolmogorov) {
      // Above 200,000 rows both sides at once are counted, which scipy leaves out: 2 exp(-8nx²), at most 5e-8.
      const omitted = n > 200_000 && n * x * x >= 2.2 ? 2 * Math.exp(-8 * n * x * x) : 0;
      near(kolmogorovSurvival(n, x) + omitted, survival, 1e-9);
    }
  });

  it('exact Kolmogorov-Smirnov, small chances to their own digits', () => {
    for (const { reference, current, value, exact } of fixtures.ksExact) {
      const ours = exactKolmogorovSmirnov(value, { reference, current });
      near(ours, exact, 1e-10);
      expect(Math.abs(ours! / exact - 1)).toBeLessThan(1e-9);
    }
  });

  it('chi-squared, central and not, and its quantile', () => {
    for (const { x, degrees, survival } of fixtures.chiSquared) {
      near(chiSquaredSurvival(x, degrees), survival, 1e-12);
      if (survival > 1e-12 && survival < 0.999) near(chiSquaredQuantile(survival, degrees) / x, 1, 1e-9);
    }
    for (const { x, degrees, noncentrality, survival } of fixtures.noncentral) {
      near(noncentralSurvival(x, degrees, noncentrality), survival, 1e-10);
    }
  });

  it("Cramér-von Mises' limit, to where scipy ends its series", () => {
    for (const { x, survival } of fixtures.cramerVonMisesLimit)
      near(cramerVonMisesSurvival(x), survival, 1e-9);
  });

  it.each(fixtures.tiedCramerVonMises)(
    'Cramér-von Mises with ties: $name, as far as 20,000 permutations tell',
    ({ reference, current, value, p }) => {
      const pair = pairOf(reference.map(Number), current.map(Number));
      const test = tiedCramerVonMises(pair, pair.rows);
      near(test.value, value);
      // Three standard errors of the permutations, and the error of the approximation.
      const error = 3 * Math.sqrt((p * (1 - p)) / 20_000) + 0.1 * p;
      expect(Math.abs(test.p - p)).toBeLessThanOrEqual(error + 1e-4);
    },
  );

  it('Cramér-von Mises with ties: the p-value of fewer rows is larger', () => {
    const pair = pairOf([1, 2, 3, 4, 5, 5, 6, 7], [5, 6, 7, 8, 8, 9, 9, 10]);
    const fewer = tiedCramerVonMises(pair, pair.rows, { reference: 4, current: 4 });
    expect(fewer.value).toBe(tiedCramerVonMises(pair, pair.rows).value);
    expect(fewer.p).toBeGreaterThan(2 * tiedCramerVonMises(pair, pair.rows).p);
  });
});

describe('two proportions', () => {
  it('agree with a z-test, and with a sum over all tables of the same margins', () => {
    for (const { reference, current, value, p, exact } of fixtures.proportions) {
      const actual = twoProportions(reference, current);
      near(actual.value, value);
      near(actual.p, p, 1e-12);
      near(actual.exact, exact, 1e-11);
    }
  });

  it('have no exact value where the sum would be long, and p = 1 where both shares are 0 or 1', () => {
    const huge = { count: 1e6, rows: 4e6 };
    expect(twoProportions(huge, huge)).toEqual({ value: 0, p: 1 });
    expect(twoProportions({ count: 0, rows: 9 }, { count: 0, rows: 4 })).toEqual({
      value: 0,
      p: 1,
      exact: 1,
    });
  });
});

describe('adjusted p-values', () => {
  it("agree with scipy's false discovery control", () => {
    for (const { p, adjusted } of fixtures.benjaminiHochberg) {
      adjustedPValues(p).forEach((value, i) => {
        near(value, adjusted[i]!);
      });
    }
    expect(adjustedPValues([])).toEqual([]);
  });
});

describe('counted values', () => {
  it('leave out what is missing, and -0 is 0', () => {
    const { values, counts } = countedValues(Float64Array.of(2, Number.NaN, -0, 0, 2, 2));
    expect([[...values], [...counts]]).toEqual([
      [0, 2],
      [2, 3],
    ]);
    expect(Object.is(values[0], 0)).toBe(true);
  });
});
