/** Rows by ascending score, and where each group of equal scores ends. */
function ranked(scores: Float64Array): { readonly order: Uint32Array; readonly ends: readonly number[] } {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const ends: number[] = [];
  for (let i = 1; i <= order.length; i++) {
    if (i === order.length || scores[order[i]!] !== scores[order[i - 1]!]) ends.push(i);
  }
  return { order, ends };
}

/**
 * The area under the ROC curve of rows that are positive with a chance each: the expected pairs of a positive and a
 * negative in which the positive has the higher score, ties counting half, over all such pairs.
 *
 * @returns of the chances and how often each row counts; NaN where all rows are positive, or none is.
 */
export function expectedArea(scores: Float64Array): (positive: Float64Array, counts: Uint8Array) => number {
  const { order, ends } = ranked(scores);
  return (positive, counts) => {
    let [pairs, positives, negatives, i] = [0, 0, 0, 0];
    for (const end of ends) {
      let [own, others] = [0, 0];
      for (; i < end; i++) {
        const row = order[i]!;
        own += counts[row]! * positive[row]!;
        others += counts[row]! * (1 - positive[row]!);
      }
      pairs += own * (negatives + others / 2);
      positives += own;
      negatives += others;
    }
    return positives > 0 && negatives > 0 ? pairs / (positives * negatives) : Number.NaN;
  };
}

/** Average precision in the same way: Σ over the distinct scores, descending, of the gain in recall × the precision there. */
export function expectedPrecision(
  scores: Float64Array,
): (positive: Float64Array, counts: Uint8Array) => number {
  const { order, ends } = ranked(scores);
  return (positive, counts) => {
    let [area, found, taken] = [0, 0, 0];
    for (let g = ends.length - 1; g >= 0; g--) {
      let own = 0;
      for (let i = g === 0 ? 0 : ends[g - 1]!; i < ends[g]!; i++) {
        const row = order[i]!;
        own += counts[row]! * positive[row]!;
        taken += counts[row]!;
      }
      found += own;
      if (taken > 0) area += (own * found) / taken;
    }
    return found > 0 ? area / found : Number.NaN;
  };
}
