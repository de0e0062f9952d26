import { gammaln } from 'simple-statistics';

/** ln n! of numbers that are asked for again and again; up to 15! from the factorial itself, to the last bit. */
const table = Float64Array.from({ length: 4096 }, (_, n) => {
  if (n > 15) return gammaln(n + 1);
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return Math.log(product);
});

/** ln n! for a whole n ≥ 0. */
export function logFactorial(n: number): number {
  return n < table.length ? table[n]! : gammaln(n + 1);
}
