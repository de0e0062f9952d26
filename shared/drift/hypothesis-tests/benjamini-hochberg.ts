/**
 * Benjamini-Hochberg adjusted p-values: the smallest level at which each test would be called significant when the
 * share of false ones among those called is to stay at that level. Where nothing has changed at all, the chance that
 * any adjusted value is at most α is itself at most α (Simes, 1986).
 *
 * Benjamini and Hochberg, "Controlling the false discovery rate", 1995. scipy: `false_discovery_control(p)`.
 *
 * @example 0.01, 0.02, 0.03: 0.03, 0.03, 0.03
 */
export function adjustedPValues(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).sort((a, b) => p[b]! - p[a]!);
  const adjusted = new Array<number>(p.length);
  let least = 1;
  for (const [above, i] of order.entries()) {
    least = Math.min(least, (p[i]! * p.length) / (p.length - above));
    adjusted[i] = least;
  }
  return adjusted;
}
