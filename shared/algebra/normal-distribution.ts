/** φ(x), the standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * Φ(x), the chance that a standard normal variable is at most x; absolute error below 1e-15.
 *
 * ½ + φ(x) · (x + x³/3 + x⁵/15 + …) (Marsaglia, "Evaluating the Normal Distribution", 2004). simple-statistics has a
 * table of four digits here, too few for the ends of an interval. `erf` beside it is less exact, and faster.
 */
export function normalCumulative(x: number): number {
  if (x < -8.3) return 0;
  if (x > 8.3) return 1;
  let term = x;
  let sum = x;
  for (let i = 3; Math.abs(term) > Math.abs(sum) * 1e-17; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  const chance = 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
  // Far out the rounding of ½ + … is larger than what is left, and a chance is never negative or above 1.
  return Math.min(1, Math.max(0, chance));
}

/**
 * Φ⁻¹(p), the standard normal quantile, for 0 < p < 1: bisection of {@link normalCumulative} to the last bit of
 * x. Called a handful of times per interval.
 *
 * @throws RangeError for other p.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normal quantile at ${p}: use a number between 0 and 1`);
  let low = -8.5;
  let high = 8.5;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (normalCumulative(middle) < p) low = middle;
    else high = middle;
  }
}
