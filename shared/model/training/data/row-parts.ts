import { positionOf } from '../../../dataset/split/split.ts';
import { orderStatistics } from '../../../dataset/statistics/order-statistics.ts';
import type { Targets } from './targets.ts';

/** Rows are cut into eighths. */
const eighths = 8;

/** Which eighths models learn from, part by part: of each half of the last one there are models, too. */
export const curveParts: readonly (readonly (readonly number[])[])[] = [
  [[0], [1], [2], [3]],
  [
    [0, 1],
    [2, 3],
  ],
  [[0, 1, 2, 3]],
];

/** Fewer rows than this in an eighth say little of how a model does on all. */
export const fewestOfEighth = 100;

/** A class needs some in each. */
export const fewestOfClass = 4 * eighths;

/**
 * Cuts rows into eighths by the seeded hash of their keys, or groups: each has its share of every class, and which eighth a row is in
 * does not depend on how rows are ordered.
 *
 * @param words hashes: rows of one word are in one eighth. @returns by row its eighth, from 0.
 */
export function eighthsOf(words: Uint32Array, targets: Targets, seed: number): Uint8Array {
  const places = Float64Array.from(words, (word) => positionOf(word, seed));
  const codes = targets.kind === 'classes' ? targets.codes : new Int32Array(words.length);
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const own = new Map(
    [...counts].map(([code, count]) => [code, { values: new Float64Array(count), next: 0 }]),
  );
  for (const [row, code] of codes.entries()) {
    const stratum = own.get(code)!;
    stratum.values[stratum.next++] = places[row]!;
  }
  const ends = new Map(
    [...own].map(([code, { values }]) => {
      const ranks = Array.from({ length: eighths - 1 }, (_, i) =>
        Math.max(0, Math.ceil((values.length * (i + 1)) / eighths) - 1),
      );
      return [code, orderStatistics(values, ranks)];
    }),
  );
  return Uint8Array.from(places, (place, row) => {
    const own = ends.get(codes[row]!)!;
    let eighth = 0;
    while (eighth < own.length && place > own[eighth]!) eighth++;
    return eighth;
  });
}
