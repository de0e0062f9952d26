import { gammaln } from 'simple-statistics';

const precision = 1e-16;
const mostTerms = 100_000;
const tiny = 1e-300;

/**
 * I_x(a, b), the chance that a beta variable is at most x: the regularised incomplete beta function by its continued
 * fraction (Abramowitz and Stegun, 26.5.8), evaluated as Lentz does. scipy: `stats.beta.cdf(x, a, b)`.
 *
 * @example betaCumulative(0.5, 1, 1) // 0.5
 */
export function betaCumulative(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction is short below the mean; above it, the other tail's is.
  return x < (a + 1) / (a + b + 2) ? lowerTail(x, a, b) : 1 - lowerTail(1 - x, b, a);
}

function lowerTail(x: number, a: number, b: number): number {
  const scale = Math.exp(
    gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a),
  );
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < mostTerms; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / awayFromZero(1 + term * d);
      c = awayFromZero(1 + term / c);
      fraction *= c * d;
    }
    if (Math.abs(c * d - 1) < precision * 4) break;
  }
  return scale * fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/**
 * The x that a beta variable is below with chance p: bisection of {@link betaCumulative}. scipy: `stats.beta.ppf(p, a, b)`.
 *
 * @example betaQuantile(0.025, 40, 1) // 0.9119
 */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high || high - low < 1e-14) return middle;
    if (betaCumulative(middle, a, b) < p) low = middle;
    else high = middle;
  }
}
