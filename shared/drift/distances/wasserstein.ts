import type { NumberPair } from '../samples/number-pair.ts';

/** ∫ |a + (b - a) t| dt over [0, 1]: the mean distance along a segment, its sign changing at most once. */
function meanDistance(a: number, b: number): number {
  if (a * b >= 0) return Math.abs(a + b) / 2;
  return (a * a + b * b) / (2 * (Math.abs(a) + Math.abs(b)));
}

/**
 * Wasserstein-1, the earth mover's distance, in the column's own unit: the area between the two distribution
 * functions. Rows of an interval count as spread evenly over it.
 *
 * Vallender, "Calculation of the Wasserstein distance between probability distributions on the line", 1974. scipy:
 * `wasserstein_distance`. Counts may be weights.
 *
 * @example 0, 1, 3 against 5, 6, 8: 5
 */
export function wasserstein({ low, high, reference, current, rows }: NumberPair): number {
  let a = 0;
  let b = 0;
  let area = 0;
  // Of the two distribution functions, times both numbers of rows, so that nothing is divided cell by cell.
  let distance = 0;
  for (let i = 0; i < low.length; i++) {
    const before = distance;
    if (i > 0) area += Math.abs(before) * (low[i]! - high[i - 1]!);
    a += reference[i]!;
    b += current[i]!;
    distance = a * rows.current - b * rows.reference;
    if (high[i]! > low[i]!) area += meanDistance(before, distance) * (high[i]! - low[i]!);
  }
  return area / (rows.reference * rows.current);
}

/**
 * Wasserstein-1 over the reference's standard deviation (population): 0.1 is as far as a shift by a tenth of it.
 *
 * @returns undefined where the reference has no spread.
 */
export function normalisedWasserstein(distance: number, deviation: number): number | undefined {
  const ratio = distance / deviation;
  return deviation > 0 && Number.isFinite(ratio) ? ratio : undefined;
}
