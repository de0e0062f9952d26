import { gammaln } from 'simple-statistics';

const precision = 1e-16;
const mostTerms = 100_000;

/** x^a e^-x / Γ(a), by which both expansions are scaled. */
function scale(a: number, x: number): number {
  return Math.exp(a * Math.log(x) - x - gammaln(a));
}

/** P(a, x) by its power series: fast for x < a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < mostTerms && term > sum * precision; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * scale(a, x);
}

/** Q(a, x) by its continued fraction, evaluated as Lentz does: fast for x ≥ a + 1. */
function upperFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < mostTerms; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (Math.abs(an * d + b) < tiny ? tiny : an * d + b);
    c = b + an / c;
    if (Math.abs(c) < tiny) c = tiny;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < precision * 4) break;
  }
  return fraction * scale(a, x);
}

/** Q(a, x) = Γ(a, x) / Γ(a), the upper regularised incomplete gamma function (Abramowitz and Stegun, 6.5). */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (!Number.isFinite(x)) return 0;
  return x < a + 1 ? Math.max(0, 1 - lowerSeries(a, x)) : Math.min(1, upperFraction(a, x));
}

/** The chance that a chi-squared variable exceeds x. scipy: `stats.chi2.sf(x, degrees)`. */
export function chiSquaredSurvival(x: number, degrees: number): number {
  return degrees <= 0 ? 1 : upperGamma(degrees / 2, x / 2);
}

/** The x that a chi-squared variable exceeds with chance p: bisection of {@link chiSquaredSurvival}. */
export function chiSquaredQuantile(p: number, degrees: number): number {
  let low = 0;
  let high = degrees + 10;
  while (chiSquaredSurvival(high, degrees) > p) high *= 2;
  while (high - low > 1e-10 * high) {
    const middle = (low + high) / 2;
    if (chiSquaredSurvival(middle, degrees) > p) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The chance that a noncentral chi-squared variable exceeds x: a Poisson mixture of central ones, from its most
 * probable term outwards. scipy: `stats.ncx2.sf(x, degrees, noncentrality)`.
 */
export function noncentralSurvival(x: number, degrees: number, noncentrality: number): number {
  const mean = noncentrality / 2;
  const mode = Math.floor(mean);
  const weight = (j: number): number =>
    mean === 0 ? Number(j === 0) : Math.exp(j * Math.log(mean) - mean - gammaln(j + 1));
  let sum = 0;
  for (let j = mode; j >= 0; j--) {
    const w = weight(j);
    sum += w * chiSquaredSurvival(x, degrees + 2 * j);
    if (w < 1e-14) break;
  }
  for (let j = mode + 1; ; j++) {
    const w = weight(j);
    sum += w * chiSquaredSurvival(x, degrees + 2 * j);
    if (w < 1e-14) return Math.min(1, sum);
  }
}
