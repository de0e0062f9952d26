import type { CellPair } from './cell-pair.ts';

/** Effective rows for each row. */
interface Shares {
  readonly reference: number;
  readonly current: number;
}

/** Both samples with the weight of fewer rows; their shares stay as they are. */
export function scaledPair({ reference, current }: CellPair, shares: Shares): CellPair {
  return {
    reference: reference.map((count) => count * shares.reference),
    current: current.map((count) => count * shares.current),
  };
}

/** Whole counts whose running sums follow those of the given ones as closely as whole numbers can. */
function wholeCounts(counts: Float64Array): Float64Array {
  let sum = 0;
  let before = 0;
  return counts.map((count) => {
    sum += count;
    const next = Math.round(sum);
    const own = next - before;
    before = next;
    return own;
  });
}

/** Both samples as so many fewer rows, each cell with its share of them as far as whole rows allow, beside what was observed. */
export function fewerRows(pair: CellPair, shares: Shares): CellPair & { readonly observed?: CellPair } {
  if (shares.reference === 1 && shares.current === 1) return pair;
  const observed = scaledPair(pair, shares);
  return {
    reference: wholeCounts(observed.reference),
    current: wholeCounts(observed.current),
    observed,
  };
}
