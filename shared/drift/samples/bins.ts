import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { edgeBetween } from '../../dataset/statistics/bin-edge.ts';
import type { CellPair } from './cell-pair.ts';
import type { NumberPair } from './number-pair.ts';

/** Different values up to which each is a bin of its own. */
const ownBins = 20;
/** Otherwise this many bins, of equal shares of the reference's rows. */
const quantileBins = 10;

/** Two samples of numbers over bins, with what each bin is called. */
export interface BinnedPair extends CellPair {
  readonly kind: 'values' | 'quantiles';
  /** Where each bin begins and ends, by a value of at least five rows or a number between two; the first and last are open. */
  readonly edges: readonly { readonly from: number; readonly to: number }[];
}

/**
 * Bins of two samples of numbers, for the statistics of shares: every value where there are at most 20 different
 * ones, else ten bins with equal shares of the reference's rows as far as ties allow, open at both ends. Evidently bins
 * by Sturges' rule over both samples, NannyML by Doane's over the reference: values of theirs do not carry over.
 */
export function binsOf(pair: NumberPair, type: 'number' | 'date' = 'number'): BinnedPair {
  const { low, high, reference, current } = pair;
  if (pair.exact && low.length <= ownBins) {
    const edges = Array.from(low, (value) => ({ from: value, to: value }));
    return { kind: 'values', reference, current, edges };
  }
  // Reports show the ends of bins, and no value that a few rows have.
  const end = (at: number, other: number): number => {
    const value = at < other ? high[at]! : low[at]!;
    const rows = Math.max(reference[at]!, current[at]!);
    if (!pair.exact || rows >= fewestPublishedRows || other < 0 || other >= low.length) return value;
    const [below, above] = at < other ? [value, low[other]!] : [high[other]!, value];
    return edgeBetween(below, above, { type }) ?? value;
  };
  const bins: { a: number; b: number; from: number; to: number }[] = [];
  let from = 0;
  let a = 0;
  let b = 0;
  let seen = 0;
  let full = pair.rows.reference / quantileBins;
  for (let i = 0; i < low.length; i++) {
    a += reference[i]!;
    b += current[i]!;
    seen += reference[i]!;
    // The last bin keeps what is above the reference; a value with many rows fills several shares at once.
    const isFull = seen >= full && seen < pair.rows.reference;
    if (!isFull && i < low.length - 1) continue;
    bins.push({ a, b, from: end(from, from - 1), to: end(i, i + 1) });
    from = i + 1;
    a = 0;
    b = 0;
    const share = Math.floor((seen * quantileBins) / pair.rows.reference) + 1;
    full = (share * pair.rows.reference) / quantileBins;
  }
  return {
    kind: 'quantiles',
    reference: Float64Array.from(bins, ({ a }) => a),
    current: Float64Array.from(bins, ({ b }) => b),
    edges: bins.map(({ from, to }) => ({ from, to })),
  };
}
