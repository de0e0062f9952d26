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

/** A score must exceed the parent's by this share of it: less is rounding. */
const rounding = 1e-12;

/** Up to so many categories (missing ones among them) split without additional l2. */
const fewCategories = 4;

/** One column's part of a histogram and what its cuts are compared with. First derivatives are in whole steps. */
interface Scan {
  histogram: Histogram;
  /** Of the column's missing bin. */
  start: number;
  fields: number;
  last: number;
  first: number;
  second: number;
  rows: number;
  secondStep: number;
  minimumRows: number;
  leastSecond: number;
  l2: number;
}

/** The best cut so far. A cut's score is the sum of G² / (H + l2) over both children. */
interface Best {
  score: number;
  column: number;
  /** The last bin (or place in the order of categories) on the left. */
  cut: number;
  missingLeft: boolean;
  /** A category column: the bins listed, which go left, or right where others go left. */
  listed: Uint16Array | undefined;
  first: number;
  second: number;
  rows: number;
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
  const { minimumRows, l2 } = rules;
  const order = new Uint16Array(256);
  const keys = new Float64Array(256);

  return (histogram, leaf, columns, { firstStep, secondStep }) => {
    if (leaf.rows < 2 * minimumRows) return undefined;
    const first = leaf.first / firstStep;
    const parent = (first * first) / (leaf.second + l2);
    const scan: Scan = {
      ...{ histogram, start: 0, fields, last: 0, first, second: leaf.second, rows: leaf.rows },
      ...{ secondStep, minimumRows, leastSecond: fields === 3 ? leastCurvature : 0, l2 },
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
      const missing = histogram[scan.start + 1]! > 0;
      if (scanNumbers(scan, best, false)) take(best, column, !missing && 2 * best.rows >= leaf.rows);
      if (missing && scanNumbers(scan, best, true)) take(best, column, true);
    }
    const gain = (best.score - parent) * firstStep * firstStep;
    if (best.column < 0 || !(gain > rules.minimumGain)) return undefined;
    return splitOf(best, leaf, gain, firstStep);
  };
}

/** @param missingLeft of rows that training misses; those it never saw here go with the larger child. */
function take(best: Best, column: number, missingLeft: boolean): void {
  best.column = column;
  best.missingLeft = missingLeft;
  best.listed = undefined;
}

/** Tries every threshold of a number column, missing values on one side; whether one is the best so far. */
function scanNumbers(scan: Scan, best: Best, missingLeft: boolean): boolean {
  const { histogram, start, fields, last, minimumRows, leastSecond, l2, secondStep } = scan;
  const total = scan.first;
  const totalSecond = scan.second;
  const totalRows = scan.rows;
  const curved = fields === 3;
  let first = missingLeft ? histogram[start]! : 0;
  let rows = missingLeft ? histogram[start + 1]! : 0;
  let second = missingLeft && curved ? histogram[start + 2]! : 0;
  let highest = best.score;
  let found = false;
  for (let bin = 1, k = start + fields; bin <= last; bin++, k += fields) {
    const count = histogram[k + 1]!;
    if (count === 0) continue;
    rows += count;
    if (totalRows - rows < minimumRows || rows === totalRows) break;
    first += histogram[k]!;
    if (curved) second += histogram[k + 2]!;
    if (rows < minimumRows) continue;
    const curvature = curved ? second * secondStep : rows;
    const other = totalSecond - curvature;
    if (curvature < leastSecond || other < leastSecond) continue;
    const rest = total - first;
    const score = (first * first) / (curvature + l2) + (rest * rest) / (other + l2);
    if (score > highest) {
      highest = score;
      best.cut = bin;
      best.first = first;
      best.second = curvature;
      best.rows = rows;
      found = true;
    }
  }
  best.score = highest;
  return found;
}

/**
 * Categories ordered by gradient (Fisher 1958: the best cut of a squared loss is a prefix of that order), those of few
 * rows drawn towards the middle. A group from either end goes left; the rest, and categories of fewer rows than
 * `smoothing`, go right together. Where there are many, smoothing is also added to l2: each place was fitted.
 */
function searchCategories(
  scan: Scan,
  best: Best,
  column: number,
  smoothing: number,
  order: Uint16Array,
  keys: Float64Array,
): void {
  const { histogram, start, fields, last, secondStep } = scan;
  const curved = fields === 3;
  let present = 0;
  let placed = 0;
  for (let bin = 0, k = start; bin <= last; bin++, k += fields) {
    const rows = histogram[k + 1]!;
    if (rows === 0) continue;
    present++;
    if (rows < smoothing) continue;
    keys[bin] = histogram[k]! / ((curved ? histogram[k + 2]! * secondStep : rows) + smoothing);
    order[placed++] = bin;
  }
  if (present < 2 || placed === 0) return;
  const sorted = order.subarray(0, placed).sort((a, b) => keys[a]! - keys[b]! || a - b);
  const l2 = present > fewCategories ? scan.l2 + smoothing : scan.l2;
  let group = scanCategories(scan, best, sorted, l2);
  // Without rare ones what is left of one end's groups are the other end's.
  if (placed < present) group = scanCategories(scan, best, sorted.reverse(), l2) ?? group;
  if (!group) return;
  // What is not here goes with the rare categories, or else with the larger child: the other one's are listed.
  const flips = placed === present && 2 * best.rows >= scan.rows;
  take(best, column, flips);
  best.listed = flips ? sorted.slice(group.length) : group;
}

/** Tries every prefix; returns the one that is the best cut so far. */
function scanCategories(scan: Scan, best: Best, sorted: Uint16Array, l2: number): Uint16Array | undefined {
  const { histogram, start, fields, secondStep, minimumRows, leastSecond } = scan;
  const curved = fields === 3;
  let first = 0;
  let rows = 0;
  let second = 0;
  let length = 0;
  for (let i = 0; i < sorted.length; i++) {
    const k = start + sorted[i]! * fields;
    first += histogram[k]!;
    rows += histogram[k + 1]!;
    if (curved) second += histogram[k + 2]!;
    if (rows < minimumRows || scan.rows - rows < minimumRows) continue;
    const curvature = curved ? second * secondStep : rows;
    const other = scan.second - curvature;
    if (curvature < leastSecond || other < leastSecond) continue;
    const rest = scan.first - first;
    const score = (first * first) / (curvature + l2) + (rest * rest) / (other + l2);
    if (!(score > best.score)) continue;
    Object.assign(best, { score, first, second: curvature, rows });
    length = i + 1;
  }
  return length > 0 ? sorted.slice(0, length) : undefined;
}

function splitOf(best: Best, leaf: LeafSums, gain: number, firstStep: number): Split {
  const { column, cut, missingLeft, listed, second, rows } = best;
  const goesLeft = new Uint8Array(256);
  if (listed) {
    goesLeft.fill(missingLeft ? 1 : 0);
    for (const bin of listed) goesLeft[bin] = missingLeft ? 0 : 1;
  } else {
    goesLeft.fill(1, 1, cut + 1);
    goesLeft[missingBin] = missingLeft ? 1 : 0;
  }
  const first = best.first * firstStep;
  const right = { first: leaf.first - first, second: leaf.second - second, rows: leaf.rows - rows };
  return { column, gain, goesLeft, threshold: listed ? -1 : cut, left: { first, second, rows }, right };
}
