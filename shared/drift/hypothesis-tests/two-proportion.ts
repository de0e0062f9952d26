import { logChoices } from '../../algebra/log-choices.ts';
import { chiSquaredSurvival } from '../distributions/chi-squared-distribution.ts';

/** How many rows of a sample have something (a missing value, one of two categories), and how many there are. */
export interface Proportion {
  readonly count: number;
  readonly rows: number;
}

/** The test of two shares, two-sided. */
export interface TwoProportions {
  /** Current share less the reference's. */
  readonly value: number;
  /** Of the pooled z-test, which is the chi-squared test of the 2 × 2 table. */
  readonly p: number;
  /** Exact, given both margins: the chance of a difference of shares as large; absent for very large tables. */
  readonly exact?: number;
}

/** Smallest margin above which the exact p-value is not summed up. */
const longestSum = 200_000;

/** The sum of hypergeometric chances from one end on outwards. */
function tail(start: number, step: 1 | -1, drawn: number, marked: number, rows: number): number {
  const least = Math.max(0, drawn - (rows - marked));
  const most = Math.min(drawn, marked);
  if (start < least || start > most) return 0;
  let chance = Math.exp(
    logChoices(marked, start) + logChoices(rows - marked, drawn - start) - logChoices(rows, drawn),
  );
  let sum = 0;
  for (let x = start; ; x += step) {
    sum += chance;
    if (x + step < least || x + step > most || chance < sum * 1e-17) return sum;
    chance *=
      step === 1
        ? ((marked - x) * (drawn - x)) / ((x + 1) * (rows - marked - drawn + x + 1))
        : (x * (rows - marked - drawn + x)) / ((marked - x + 1) * (drawn - x + 1));
  }
}

/** The chance, given the margins, of a count in the reference at least as far from what is expected. */
function exactDifference(reference: Proportion, current: Proportion): number | undefined {
  const rows = reference.rows + current.rows;
  const marked = reference.count + current.count;
  if (Math.min(marked, rows - marked, reference.rows, current.rows) > longestSum) return undefined;
  const expected = (marked * reference.rows) / rows;
  const distance = Math.abs(reference.count - expected);
  if (distance < 1e-9 * Math.max(1, expected)) return 1;
  // Half a millionth of a row towards the middle, so that both sides of a symmetric table count.
  const slack = 1e-9 * Math.max(1, expected);
  const above = tail(Math.ceil(expected + distance - slack), 1, reference.rows, marked, rows);
  const below = tail(Math.floor(expected - distance + slack), -1, reference.rows, marked, rows);
  return Math.min(1, above + below);
}

/**
 * The two-proportion test: is a share, such as that of missing values, the same in both samples?
 *
 * Pooled z-test, z² being Pearson's chi-squared without correction (statsmodels: `proportions_ztest`); and the exact
 * conditional test over the hypergeometric distribution, ordered by the difference of shares. Needs a row on either side.
 *
 * @example 130 of 500 against 240 of 500: difference 0.22, z² = 51.9
 */
export function twoProportions(reference: Proportion, current: Proportion): TwoProportions {
  const rows = reference.rows + current.rows;
  const share = (reference.count + current.count) / rows;
  const value = current.count / current.rows - reference.count / reference.rows;
  const variance = share * (1 - share) * (1 / reference.rows + 1 / current.rows);
  const p = variance > 0 ? chiSquaredSurvival((value * value) / variance, 1) : 1;
  const exact = exactDifference(reference, current);
  return exact === undefined ? { value, p } : { value, p, exact };
}

/**
 * Fisher's exact test, one-sided: the chance, given both margins, that the current rows have so many marked ones or more.
 * scipy: `fisher_exact(table, alternative="greater").pvalue` of [[current, others], [reference, others]]. Of very large
 * tables half of the pooled z-test's.
 *
 * @example 3 of 300, then 18 of 300: 0.000619
 */
export function moreThanBefore(reference: Proportion, current: Proportion): number {
  const rows = reference.rows + current.rows;
  const marked = reference.count + current.count;
  if (Math.min(marked, rows - marked, reference.rows, current.rows) > longestSum) {
    const { value, p } = twoProportions(reference, current);
    return value > 0 ? p / 2 : 1 - p / 2;
  }
  return Math.min(1, tail(current.count, 1, current.rows, marked, rows));
}
