import { gammaln } from 'simple-statistics';
import { logFactorial } from './log-factorial.ts';

function logGamma(n: number): number {
  return Number.isInteger(n) ? logFactorial(n) : gammaln(n + 1);
}

/**
 * ln of the number of ways to choose k of n, by the gamma function where they are not whole (effective rows).
 *
 * @param k from 0 to n.
 * @example C(5, 2) = 10: 2.302585
 */
export function logChoices(n: number, k: number): number {
  return logGamma(n) - logGamma(k) - logGamma(n - k);
}
