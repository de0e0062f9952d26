import type { CellPair } from './cell-pair.ts';
import type { NumberPair } from './number-pair.ts';

/** Different values up to which each is a bin of its own. */
const ownBins = 20;
/** Otherwise this many bins, of equal shares of the reference's rows. */
const quantileBins = 10;

/** Two samples of numbers over bins, with what each bin is called. */
export interface BinnedPair extends CellPair {
  readonly kind: 'values' | 'quantiles';
  /** Smallest and largest value of each bin; the first and last are open. */
  readonly edges: readonly { readonly from: number; readonly to: number }[];
}

/**
 * Bins of two samples of numbers, for the statistics of shares: every value where there are at most 20 different
 * ones, else ten bins with equal shares of the reference's rows as far as ties allow, open at both ends. Evidently bins
 * by Sturges' rule over both samples, NannyML by Doane's over the reference: values of theirs do not carry over.
 */
export function binsOf(pair: NumberPair): BinnedPair {
  const { low, high, reference, current } = pair;
  if (pair.exact && low.length <= ownBins) {
    const edges = Array.from(low, (value) => ({ from: value, to: value }));
    return { kind: 'values', reference, current, edges };
  }
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
    bins.push({ a, b, from: low[from]!, to: high[i]! });
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
