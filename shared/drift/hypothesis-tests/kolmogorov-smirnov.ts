// Tests whether two samples are of one distribution, a test a file; and the adjustment for many tests.
import { kolmogorovSurvival } from '../distributions/kolmogorov-distribution.ts';
import { exactKolmogorovSmirnov } from '../distributions/kolmogorov-smirnov-exact.ts';
import type { NumberPair } from '../samples/number-pair.ts';

/** The two-sample test of Kolmogorov and Smirnov, two-sided. */
export interface KolmogorovSmirnov {
  /** The largest distance between the two distribution functions, from 0 to 1. */
  readonly value: number;
  /** Asymptotic. */
  readonly p: number;
  /** Exact for values without ties, too large with them; absent where it would take too long. */
  readonly exact?: number;
}

/** sup |F - G| over the ends of the cells; without intervals the distance of the rows themselves, else at most that. */
function kolmogorovDistance(pair: Pick<NumberPair, 'reference' | 'current' | 'rows'>): number {
  const { reference, current, rows } = pair;
  let a = 0;
  let b = 0;
  let least = 0;
  let most = 0;
  for (let i = 0; i < reference.length; i++) {
    a += reference[i]!;
    b += current[i]!;
    const difference = a / rows.reference - b / rows.current;
    if (difference > most) most = difference;
    if (difference < least) least = difference;
  }
  return Math.max(most, -least);
}

/**
 * The asymptotic p-value: that of one sample of nm/(n+m) rows, rounded, against its true distribution. scipy:
 * `ks_2samp(method="asymp")`.
 */
function asymptoticKolmogorovSmirnov(distance: number, rows: NumberPair['rows']): number {
  const effective = (rows.reference * rows.current) / (rows.reference + rows.current);
  return kolmogorovSurvival(Math.max(1, roundHalfEven(effective)), distance);
}

/** As numpy rounds. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

/**
 * The two-sample Kolmogorov-Smirnov test: are two samples of numbers of one distribution?
 *
 * Smirnov, "On the estimation of the discrepancy between empirical curves of distribution for two independent
 * samples", 1939. scipy: `ks_2samp`. Needs a row on either side.
 *
 * @param rows that count, where the rows depend on each other; default all.
 * @example A = 38.7, 41.5, … 58.0 and B = 39.2, … 45.8 of eight rows each: D = 0.625, exact p = 0.087
 */
export function kolmogorovSmirnov(pair: NumberPair, rows: NumberPair['rows'] = pair.rows): KolmogorovSmirnov {
  const value = kolmogorovDistance(pair);
  const p = asymptoticKolmogorovSmirnov(value, rows);
  const exact = exactKolmogorovSmirnov(value, rows);
  return exact === undefined ? { value, p } : { value, p, exact };
}
