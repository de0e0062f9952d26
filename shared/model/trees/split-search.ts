import { binCount, type ColumnBins, missingBin } from './bins.ts';
import type { Histogram, HistogramShape } from './histogram.ts';

/** Sums over a leaf's rows. */
export interface LeafSums {
  readonly first: number;
  readonly second: number;
  readonly rows: number;
}

/** A leaf cut in two. */
export interface Split {
  readonly column: number;
  /** By how much twice the loss falls, to second order. */
  readonly gain: number;
  /** By bin: 1 where its rows go left. */
  readonly goesLeft: Uint8Array;
  /** Number columns: the highest value bin on the left. */
  readonly threshold: number;
  readonly left: LeafSums;
  readonly right: LeafSums;
}

/** What a split must fulfil. */
export interface SplitRules {
  readonly minimumRows: number;
  readonly minimumGain: number;
  readonly l2: number;
  /** Added to a category's rows when categories are put in order, and to l2 where there are many of them. */
  readonly smoothing: number;
}

/** Where derivatives' sums are in whole steps: what a step is. */
export interface Steps {
  readonly firstStep: number;
  readonly secondStep: number;
}

/** Second derivatives of a child add up to at least this, as LightGBM and scikit-learn have it. */
const leastCurvature = 1e-3;

/** Gains below this share of the score are rounding. */
const rounding = 1e-12;

/** Up to so many categories (missing ones among them) split without additional l2. */
const fewCategories = 4;

/** The best cut so far: a number column's threshold, or a prefix of ordered categories. */
interface Best {
  gain: number;
  column: number;
  threshold: number;
  missingLeft: boolean;
  left: Uint16Array | undefined;
  sums: LeafSums;
}

/** @returns the split that lowers the loss most, of equals the first; absent when no split fulfils the rules. */
export type SplitSearch = (
  histogram: Histogram,
  leaf: LeafSums,
  columns: ArrayLike<number>,
  steps: Steps,
) => Split | undefined;

/** A search over the histograms of one shape. */
export function createSplitSearch(
  bins: readonly ColumnBins[],
  { stride, fields }: HistogramShape,
  rules: SplitRules,
): SplitSearch {
  const counts = bins.map(binCount);
  const { minimumRows, l2, smoothing } = rules;
  const order = new Uint16Array(256);
  const keys = new Float64Array(256);

  return (histogram, leaf, columns, { firstStep, secondStep }) => {
    if (leaf.rows < 2 * minimumRows) return undefined;
    const best: Best = {
      gain: 0,
      column: -1,
      threshold: 0,
      missingLeft: false,
      left: undefined,
      sums: leaf,
    };
    const parentScore = (leaf.first * leaf.first) / (leaf.second + l2);
    let start = 0;

    /** Compares one cut with the best so far. */
    function consider(first: number, second: number, rows: number, penalty: number): boolean {
      const otherSecond = leaf.second - second;
      if (rows < minimumRows || leaf.rows - rows < minimumRows) return false;
      if (fields === 3 && (second < leastCurvature || otherSecond < leastCurvature)) return false;
      const otherFirst = leaf.first - first;
      const score =
        (first * first) / (second + penalty) + (otherFirst * otherFirst) / (otherSecond + penalty);
      const gain = score - parentScore;
      if (!(gain > best.gain) || gain <= rounding * score) return false;
      best.gain = gain;
      best.sums = { first, second, rows };
      return true;
    }

    function searchNumbers(column: number): void {
      const last = counts[column]! - 1;
      const missingRows = histogram[start + 1]!;
      const missingFirst = histogram[start]! * firstStep;
      const missingSecond = fields === 3 ? histogram[start + 2]! * secondStep : missingRows;
      let first = 0;
      let second = 0;
      let rows = 0;
      for (let bin = 1; bin <= last; bin++) {
        const at = start + bin * fields;
        const binRows = histogram[at + 1]!;
        if (binRows === 0) continue;
        rows += binRows;
        if (rows + missingRows === leaf.rows && missingRows === 0) return;
        first += histogram[at]!;
        second += fields === 3 ? histogram[at + 2]! : binRows;
        const f = first * firstStep;
        const s = second * secondStep;
        // The larger child takes missing values that training never saw here.
        if (consider(f, s, rows, l2)) keep(column, bin, missingRows === 0 && 2 * rows >= leaf.rows);
        if (missingRows === 0 || rows + missingRows === leaf.rows) continue;
        if (consider(f + missingFirst, s + missingSecond, rows + missingRows, l2)) keep(column, bin, true);
      }
    }

    function keep(column: number, threshold: number, missingLeft: boolean): void {
      best.column = column;
      best.threshold = threshold;
      best.missingLeft = missingLeft;
      best.left = undefined;
    }

    /** Categories ordered by gradient (Fisher 1958): the best cut of squared losses is a prefix of the order. */
    function searchCategories(column: number): void {
      let present = 0;
      for (let bin = missingBin; bin < counts[column]!; bin++) {
        const at = start + bin * fields;
        const rows = histogram[at + 1]!;
        if (rows === 0) continue;
        const second = fields === 3 ? histogram[at + 2]! * secondStep : rows;
        keys[bin] = (histogram[at]! * firstStep) / (second + smoothing);
        order[present++] = bin;
      }
      if (present < 2) return;
      const sorted = order.subarray(0, present).sort((a, b) => keys[a]! - keys[b]! || a - b);
      const penalty = present > fewCategories ? l2 + smoothing : l2;
      let first = 0;
      let second = 0;
      let rows = 0;
      for (let i = 0; i < present - 1; i++) {
        const at = start + sorted[i]! * fields;
        rows += histogram[at + 1]!;
        first += histogram[at]!;
        second += fields === 3 ? histogram[at + 2]! : histogram[at + 1]!;
        if (!consider(first * firstStep, second * secondStep, rows, penalty)) continue;
        best.column = column;
        // Categories that are not here go with the larger child.
        best.left = sorted.slice(0, i + 1);
        best.missingLeft = 2 * rows >= leaf.rows;
        if (best.missingLeft) best.left = Uint16Array.from(sorted.subarray(i + 1));
      }
    }

    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      start = column * stride * fields;
      if (bins[column]!.kind === 'number') searchNumbers(column);
      else searchCategories(column);
    }
    return best.column < 0 || best.gain <= rules.minimumGain ? undefined : splitOf(best, leaf);
  };
}

function splitOf(best: Best, leaf: LeafSums): Split {
  const { column, gain, threshold, missingLeft, left, sums } = best;
  const goesLeft = new Uint8Array(256);
  if (left) {
    // Listed are the bins of the smaller child; all others, seen here or not, are the larger one's.
    goesLeft.fill(missingLeft ? 1 : 0);
    for (const bin of left) goesLeft[bin] = missingLeft ? 0 : 1;
  } else {
    goesLeft.fill(1, 1, threshold + 1);
    goesLeft[missingBin] = missingLeft ? 1 : 0;
  }
  const right = {
    first: leaf.first - sums.first,
    second: leaf.second - sums.second,
    rows: leaf.rows - sums.rows,
  };
  return { column, gain, goesLeft, threshold: left ? -1 : threshold, left: sums, right };
}
