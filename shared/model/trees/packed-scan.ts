import type { Best, CutRules, ScannedLeaf } from './number-cuts.ts';
import type { TreeKernel } from './tree-kernel.ts';

/** Two leaves with packed sums, which the kernel scans side by side. */
export interface PackedScan {
  /** Begins the search with the scores that are to be exceeded. */
  begin(leaves: readonly [ScannedLeaf, ScannedLeaf], bests: readonly [Best, Best]): void;
  /**
   * The same as `scanWide` in both leaves.
   *
   * @param a the address of the column's sums in one leaf, `b` in the other.
   */
  scan(a: number, b: number, last: number, rules: CutRules, missingLeft: boolean): void;
  /** Takes over what a leaf's scan has found; whether it is the best so far. */
  found(leaf: 0 | 1, best: Best): boolean;
  /** Tells the scan of a score that was found elsewhere. */
  raise(leaf: 0 | 1, best: Best): void;
}

/** Places of pairs of numbers: see assembly/cuts.ts. */
const [firstPlace, secondPlace, rowsPlace, scorePlace] = [0, 2, 4, 6];
const [cutPlace, cutFirst, cutSecond, cutRows] = [8, 10, 12, 14];

/** @param address of sixteen numbers. */
export function createPackedScan(
  kernel: TreeKernel,
  numbers: Float64Array,
  address: number,
  curved: boolean,
): PackedScan {
  const pairs = numbers.subarray(address / 8, address / 8 + 16);
  return {
    begin(leaves, bests) {
      for (const i of [0, 1] as const) {
        pairs[firstPlace + i] = leaves[i].first;
        pairs[secondPlace + i] = leaves[i].second;
        pairs[rowsPlace + i] = leaves[i].rows;
        pairs[scorePlace + i] = bests[i].score;
      }
    },
    scan(a, b, last, { minimumRows, leastSecond, l2, secondStep }, missingLeft) {
      if (curved) {
        kernel.scanPackedPairs(a, b, last, missingLeft, minimumRows, leastSecond, l2, secondStep, address);
      } else kernel.scanPackedCounts(a, b, last, missingLeft, minimumRows, l2, address);
    },
    found(leaf, best) {
      const score = pairs[scorePlace + leaf]!;
      if (score === best.score) return false;
      best.score = score;
      best.cut = pairs[cutPlace + leaf]!;
      best.first = pairs[cutFirst + leaf]!;
      best.second = pairs[cutSecond + leaf]!;
      best.rows = pairs[cutRows + leaf]!;
      return true;
    },
    raise(leaf, { score }) {
      pairs[scorePlace + leaf] = score;
    },
  };
}
