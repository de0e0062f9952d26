import { z } from 'zod';

const chance = z.number().min(0).max(1);

/** A statistic; null where it is undefined, which `reasons` says. */
const statistic = z.strictObject({ value: z.number().nullable() });
const test = z.strictObject({
  value: z.number().nullable(),
  /** Asymptotic, as the textbook's distribution has it. */
  p: chance,
  /** Exact, ties taken for different values. */
  'p-exact': chance.optional(),
  /** By seeded permutations of the rows: where counts are too small, or values too few, for the others. */
  'p-permutation': chance.optional(),
});

/** Whatever is worked out of a column's two samples. */
export const columnStatistics = z
  .strictObject({
    /** Two-sample Kolmogorov-Smirnov. */
    ks: test,
    /** Two-sample Cramér-von Mises; p exact up to 20 rows a side without ties, and with them by their own limit. */
    'cramer-von-mises': test,
    /** Wasserstein-1 in the column's unit (dates: milliseconds). */
    wasserstein: statistic,
    /** Over the reference's standard deviation (population). */
    'wasserstein-normalised': statistic,
    /** Base 2, the square root of the divergence. */
    'jensen-shannon-distance': statistic,
    /** Base 2, in bits. */
    'jensen-shannon-divergence': statistic,
    /** Population stability index over the report's bins; shares below 1e-4 count as 1e-4. */
    psi: statistic,
    'total-variation': statistic,
    'l-infinity': statistic,
    hellinger: statistic,
    /** Of homogeneity, uncorrected. */
    'chi-squared': test,
    'g-test': test,
    /** Plain. */
    'cramers-v': statistic,
    'cramers-v-corrected': statistic,
  })
  .partial();
