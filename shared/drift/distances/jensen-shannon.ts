// How far two samples lie apart, a distance a file.
import { type CellPair, rowsOf } from '../samples/cell-pair.ts';

/** Unit of information: bits for base 2, nats for the natural logarithm. */
export interface Base {
  readonly base?: 2 | 'e';
}

function half(p: number, q: number): number {
  return p > 0 ? p * Math.log((2 * p) / (p + q)) : 0;
}

/**
 * Jensen-Shannon divergence: the mean Kullback-Leibler divergence of both samples' shares from their average; 0 to 1
 * in base 2, the default, and to ln 2 in nats.
 *
 * Lin, "Divergence measures based on the Shannon entropy", 1991. TensorFlow Data Validation reports this one.
 *
 * @example shares (b ⅖, a ⅖, c ⅕) and (a ⅖, Z ⅕, Y ⅕, X ⅕): 0.6
 */
export function jensenShannonDivergence(pair: CellPair, { base = 2 }: Base = {}): number {
  const rows = rowsOf(pair);
  let sum = 0;
  for (let i = 0; i < pair.reference.length; i++) {
    const p = pair.reference[i]! / rows.reference;
    const q = pair.current[i]! / rows.current;
    sum += half(p, q) + half(q, p);
  }
  // Rounding can leave a last digit below 0 where the shares are the same.
  const divergence = Math.max(0, sum / 2);
  return base === 2 ? divergence / Math.LN2 : divergence;
}

/**
 * Jensen-Shannon distance, the square root of the divergence, a metric. Base 2 by default as in NannyML; Evidently and
 * scipy take the natural logarithm, which gives 0.83 of it.
 *
 * Endres and Schindelin, "A new metric for probability distributions", 2003. scipy:
 * `spatial.distance.jensenshannon(p, q, base)`.
 */
export function jensenShannonDistance(pair: CellPair, options: Base = {}): number {
  return Math.sqrt(jensenShannonDivergence(pair, options));
}
