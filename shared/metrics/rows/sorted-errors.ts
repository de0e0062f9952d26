import { ascendingValues } from '../../algebra/ascending-values.ts';

/** What the values of `from` are more than those of `less`, ascending. */
export function sortedDifferences(from: Float64Array, less: Float64Array): Float64Array {
  const differences = new Float64Array(from.length);
  for (let i = 0; i < differences.length; i++) differences[i] = from[i]! - less[i]!;
  return ascendingValues(differences);
}

/**
 * Sorted numbers without their signs, ascending: the negative ones, backwards, merged with the others.
 *
 * @example sizesOf(Float64Array.of(-3, -1, 2)) // 1, 2, 3
 */
export function sizesOf(sorted: Float64Array): Float64Array {
  const sizes = new Float64Array(sorted.length);
  let above = sorted.findIndex((value) => value >= 0);
  if (above < 0) above = sorted.length;
  let below = above - 1;
  for (let i = 0; i < sizes.length; i++) {
    const size = below < 0 ? Number.POSITIVE_INFINITY : -sorted[below]!;
    if (above < sorted.length && sorted[above]! <= size) sizes[i] = Math.abs(sorted[above++]!);
    else {
      sizes[i] = size;
      below--;
    }
  }
  return sizes;
}
