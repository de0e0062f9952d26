import { normalCumulative, normalDensity } from '../../algebra/normal-distribution.ts';

/** Looks at a performance that is measured again and again, on more and more labelled rows. */
export interface RepeatedLooks {
  /** Chance that any of the looks, however many, calls a model degraded that is just at its limit. */
  readonly alpha: number;
  /** Test rows of the evaluation. */
  readonly reference: number;
  /** Labelled rows that the first look has at least. */
  readonly fewest: number;
}

/** Below, the approximation is none; an interval of 95.4 % is the shortest. */
const leastWidth = 2;

/**
 * How many standard errors below the worsening its interval has to begin so that **all** looks together are wrong with
 * about `alpha`, whenever and however often somebody looks: an approximation for many rows, see docs/adr/0010.
 *
 * Labels come to n rows, and the evaluation stays that of m. The standardised differences z(n) of a mean of n rows and a
 * fixed one of m have the covariances of B(v) / √v, a Brownian motion over its information v = n m / (n + m) (Jennison and
 * Turnbull, "Group Sequential Methods", 1999, 3.1), which grows from `fewest` on and can never exceed m. The chance that the
 * maximum of B(v) / √v over v₀ ≤ v ≤ v₁ is above c is about φ(c) ((c − 1/c) ln(v₁ / v₀) / 2 + 2/c) (Miller and Siegmund,
 * "Maximally selected chi square statistics", Biometrics 38, 1982, one side of it); v₁ / v₀ is 1 + m / fewest.
 */
export function repeatedWidth({ alpha, reference, fewest }: RepeatedLooks): number {
  const range = Math.log(1 + reference / Math.max(1, fewest));
  const chance = (c: number): number => normalDensity(c) * (((c - 1 / c) * range) / 2 + 2 / c);
  let [low, high] = [leastWidth, 8];
  if (chance(low) <= alpha) return low;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return high;
    if (chance(middle) > alpha) low = middle;
    else high = middle;
  }
}

/** The confidence of two-sided intervals that are as long as {@link repeatedWidth} says. */
export function repeatedConfidence(looks: RepeatedLooks): number {
  return 1 - 2 * normalCumulative(-repeatedWidth(looks));
}
