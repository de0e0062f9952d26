import { exactCramerVonMises } from '../distributions/cramer-von-mises-exact.ts';
import { cramerVonMisesSurvival } from '../distributions/cramer-von-mises-limit.ts';
import type { NumberPair } from '../samples/number-pair.ts';

/** Rows a side up to which the p-value is exact, as in scipy. */
const exactUpTo = 20;

/** The two-sample test of Cramér and von Mises: its statistic T and its p-value. */
export interface CramerVonMises {
  readonly value: number;
  readonly p: number;
}

/** What a cell adds to {@link rankStatistic} for `here` rows of one sample, `others` of the other, `ahead` of which came before. */
function rankSquares(here: number, others: number, ahead: number, isValue: boolean): number {
  if (!isValue) return here * (ahead * ahead + ahead * others + (others * others) / 3);
  const offset = ahead + others / 2;
  // Most values of a measurement are of a single row, without ties to count: dividing is what takes the time.
  const ties = here * (here * here - 1);
  return here * offset * offset + (ties === 0 ? 0 : ties / 12);
}

/**
 * Anderson's U, from which the statistic and its exact p-value follow: for either sample Σ over its rows of (rank in the
 * pool - rank in the sample)², cell by cell: ties have midranks, and the rows of both samples in an interval count as
 * evenly mixed.
 */
function rankStatistic({ reference, current, low, high, rows }: NumberPair): number {
  let left = 0;
  let right = 0;
  let referenceAhead = 0;
  let currentAhead = 0;
  for (let i = 0; i < low.length; i++) {
    const a = reference[i]!;
    const b = current[i]!;
    const isValue = low[i] === high[i];
    left += rankSquares(a, b, currentAhead, isValue);
    right += rankSquares(b, a, referenceAhead, isValue);
    referenceAhead += a;
    currentAhead += b;
  }
  return rows.reference * left + rows.current * right;
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
