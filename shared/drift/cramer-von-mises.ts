import { exactCramerVonMises } from './cramer-von-mises-exact.ts';
import { cramerVonMisesSurvival } from './cramer-von-mises-limit.ts';
import type { NumberPair } from './number-pair.ts';

/** Rows a side up to which the p-value is exact, as in scipy. */
const exactUpTo = 20;

export interface CramerVonMises {
  readonly value: number;
  readonly p: number;
}

/**
 * Σ over one sample's rows of (rank in the pool - rank in the sample)², cell by cell: ties have midranks, and the rows
 * of both samples in an interval count as evenly mixed.
 */
function rankSquares(own: Float64Array, other: Float64Array, low: Float64Array, high: Float64Array): number {
  let ahead = 0;
  let sum = 0;
  for (let i = 0; i < own.length; i++) {
    const here = own[i]!;
    const others = other[i]!;
    if (low[i] === high[i]) {
      const offset = ahead + others / 2;
      sum += here * offset * offset + (here * (here * here - 1)) / 12;
    } else sum += here * (ahead * ahead + ahead * others + (others * others) / 3);
    ahead += others;
  }
  return sum;
}

/** Anderson's U, from which the statistic and its exact p-value follow. */
function rankStatistic({ reference, current, low, high, rows }: NumberPair): number {
  return (
    rows.reference * rankSquares(reference, current, low, high) +
    rows.current * rankSquares(current, reference, low, high)
  );
}

/** The asymptotic p-value: the limit's, after the statistic's mean and variance are moved to the limit's. */
function asymptotic(value: number, n: number, m: number): number {
  const rows = n + m;
  const product = n * m;
  const mean = (1 + 1 / rows) / 6;
  const variance =
    ((rows + 1) * (4 * product * rows - 3 * (n * n + m * m) - 2 * product)) / (180 * rows * rows * product);
  return cramerVonMisesSurvival(1 / 6 + (value - mean) / Math.sqrt(45 * variance));
}

/**
 * The two-sample Cramér-von Mises test: the mean squared distance of the two distribution functions over all rows.
 *
 * Anderson, "On the distribution of the two-sample Cramér-von Mises criterion", 1962. scipy:
 * `cramervonmises_2samp(method="auto")`: the p-value is exact up to 20 rows a side. Needs two rows on either side.
 */
export function cramerVonMises(pair: NumberPair): CramerVonMises {
  const { reference: n, current: m } = pair.rows;
  const u = rankStatistic(pair);
  const value = u / (n * m * (n + m)) - (4 * n * m - 1) / (6 * (n + m));
  const exact = Math.max(n, m) <= exactUpTo;
  return { value, p: exact ? exactCramerVonMises(u, n, m) : asymptotic(value, n, m) };
}
