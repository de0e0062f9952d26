// Distributions of test statistics: chances, exact where rows are few.
import { logFactorial } from '../../algebra/log-factorial.ts';
import { durbinProbability } from './kolmogorov-matrix.ts';
import { pelzGood } from './kolmogorov-series.ts';

/** Rows above which the sum of n terms gives way to its limit, which is then exact to 1e-5 of itself. */
const longestSum = 200_000;

/**
 * The chance that a sample's distribution function exceeds the true one somewhere by x or more (one side), exact.
 *
 * Birnbaum and Tingey, "One-sided confidence contours for probability distribution functions", 1951. scipy:
 * `special.smirnov(n, x)`.
 */
function oneSided(n: number, x: number): number {
  let sum = 0;
  const total = logFactorial(n);
  for (let j = 0; j <= Math.floor(n * (1 - x)); j++) {
    const up = x + j / n;
    const down = 1 - up;
    if (down <= 0) continue;
    const choices = total - logFactorial(j) - logFactorial(n - j);
    sum += Math.exp(choices + (j - 1) * Math.log(up) + (n - j) * Math.log(down));
  }
  return x * sum;
}

/** Maag and Dicaire's tail of the one-sided statistic, for large n. */
function oneSidedLimit(n: number, x: number): number {
  return Math.exp(-((6 * n * x + 1) ** 2) / (18 * n));
}

/** P(D < x) where 1/2 ≤ nx ≤ 1: n! (2x - 1/n)ⁿ. */
function lowest(n: number, x: number): number {
  return Math.exp(logFactorial(n) + n * Math.log(2 * x - 1 / n));
}

function tail(n: number, x: number): number {
  return 2 * (n <= longestSum ? oneSided(n, x) : oneSidedLimit(n, x));
}

/**
 * The chance that the Kolmogorov-Smirnov distance of one sample of n rows from its true, continuous distribution is
 * x or more.
 *
 * Exact up to n = 140 (Durbin's matrix; twice the one-sided chance in the tail, where both sides at once are
 * impossible or below 5e-8); beyond that Pelz and Good's expansion, the choice made as in Simard and L'Ecuyer, 2011.
 * scipy: `stats.kstwo.sf(x, n)`.
 */
export function kolmogorovSurvival(n: number, x: number): number {
  const steps = n * x;
  if (steps <= 0.5) return 1;
  // 2 exp(-2nx²) is below the smallest double.
  if (x >= 1 || steps * x > 373) return 0;
  const inside = (chance: number): number => Math.min(1, Math.max(0, 1 - chance));
  if (steps <= 1) return inside(lowest(n, x));
  const square = steps * x;
  if (x >= 0.5 || steps >= n - 1 || square > (n <= 140 ? 4 : longestSum < n ? 6 : 2.2)) {
    return Math.min(1, tail(n, x));
  }
  if (n <= 140 || (n <= 100_000 && n * x ** 1.5 <= 1.4)) return inside(durbinProbability(n, x));
  return inside(pelzGood(n, x));
}
