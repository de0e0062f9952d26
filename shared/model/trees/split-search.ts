import { binCount, type ColumnBins, missingBin } from './bins.ts';
import { searchCategories } from './category-cuts.ts';
import { type Histogram, type HistogramShape, isPacked, wideFields } from './histogram.ts';
import { type Best, type Scan, scanNumbers, take } from './number-cuts.ts';

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
  /** Number columns: the highest value bin on the left; -1 of a category column. */
  readonly threshold: number;
  /** Whether missing values go left, and of categories those that are not listed. */
  readonly missingLeft: boolean;
  /** A category column: the bins that go left, or right where others go left. */
  readonly listed: Uint16Array | undefined;
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

/** A score must exceed the parent's by this share of it: less is rounding. */
const rounding = 1e-12;

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
  { stride, packedFields }: HistogramShape,
  rules: SplitRules,
): SplitSearch {
  const counts = bins.map(binCount);
  const { minimumRows, l2 } = rules;
  const order = new Uint16Array(256);
  const keys = new Float64Array(256);

  return (histogram, leaf, columns, { firstStep, secondStep }) => {
    if (leaf.rows < 2 * minimumRows) return undefined;
    const first = leaf.first / firstStep;
    const parent = (first * first) / (leaf.second + l2);
    const fields = isPacked(leaf.rows) ? packedFields : wideFields;
    const scan: Scan = {
      ...{ histogram, start: 0, fields, last: 0, first, second: leaf.second, rows: leaf.rows },
      ...{ secondStep, minimumRows, leastSecond: packedFields === 2 ? leastCurvature : 0, l2 },
    };
    const best: Best = {
      ...{ score: parent * (1 + rounding), column: -1, cut: 0, missingLeft: false },
      ...{ listed: undefined, first: 0, second: 0, rows: 0 },
    };
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      scan.start = column * stride * fields;
      scan.last = counts[column]! - 1;
      if (bins[column]!.kind === 'category') {
        searchCategories(scan, best, column, rules.smoothing, order, keys);
        continue;
      }
      const missing = histogram[fields === wideFields ? scan.start + 1 : scan.start]! !== 0;
      if (scanNumbers(scan, best, false)) take(best, column, !missing && 2 * best.rows >= leaf.rows);
      if (missing && scanNumbers(scan, best, true)) take(best, column, true);
    }
    const gain = (best.score - parent) * firstStep * firstStep;
    if (best.column < 0 || !(gain > rules.minimumGain)) return undefined;
    return splitOf(best, leaf, gain, firstStep);
  };
}

function splitOf(best: Best, leaf: LeafSums, gain: number, firstStep: number): Split {
  const { column, cut, missingLeft, listed, second, rows } = best;
  const first = best.first * firstStep;
  const left = { first, second, rows };
  const right = { first: leaf.first - first, second: leaf.second - second, rows: leaf.rows - rows };
  return { column, gain, threshold: listed ? -1 : cut, missingLeft, listed, left, right };
}

/** By bin: 1 where its rows go left. */
export function sidesOf({ threshold, missingLeft, listed }: Split): Uint8Array {
  const goesLeft = new Uint8Array(256);
  if (listed) {
    goesLeft.fill(missingLeft ? 1 : 0);
    for (const bin of listed) goesLeft[bin] = missingLeft ? 0 : 1;
  } else {
    goesLeft.fill(1, 1, threshold + 1);
    goesLeft[missingBin] = missingLeft ? 1 : 0;
  }
  return goesLeft;
}
