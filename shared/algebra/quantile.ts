/**
 * The quantile of sorted numbers, interpolated linearly between neighbours: numpy's and scipy's default, type 7 of
 * Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996. (simple-statistics has type 2.)
 *
 * @param sorted ascending, at least one.
 * @param probability from 0 to 1.
 */
export function sortedQuantile(sorted: Float64Array, probability: number): number {
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
