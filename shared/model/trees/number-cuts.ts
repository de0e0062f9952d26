import { wideFields } from './histogram.ts';

/** What cuts are compared with, the same for all columns of two leaves. */
export interface CutRules {
  readonly minimumRows: number;
  readonly leastSecond: number;
  readonly l2: number;
  readonly secondStep: number;
}

/** Sums over a leaf's rows; first derivatives are in whole steps. */
export interface ScannedLeaf {
  readonly first: number;
  readonly second: number;
  readonly rows: number;
}

/** The best cut so far. A cut's score is the sum of G² / (H + l2) over both children. */
export interface Best {
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

/** @param missingLeft of rows that training misses; those it never saw here go with the larger child. */
export function take(best: Best, column: number, missingLeft: boolean): void {
  best.column = column;
  best.missingLeft = missingLeft;
  best.listed = undefined;
}

/**
 * Tries every threshold of a number column of sums that are not packed, missing values on one side; whether one is the
 * best so far.
 *
 * @param start the place of the column's first number.
 * @param last the column's last bin.
 */
export function scanWide(
  numbers: Float64Array,
  start: number,
  last: number,
  leaf: ScannedLeaf,
  { minimumRows, leastSecond, l2, secondStep }: CutRules,
  best: Best,
  missingLeft: boolean,
): boolean {
  let first = missingLeft ? numbers[start]! : 0;
  let rows = missingLeft ? numbers[start + 1]! : 0;
  let second = missingLeft ? numbers[start + 2]! : 0;
  let isBetter = false;
  for (let bin = 1, k = start + wideFields; bin <= last; bin++, k += wideFields) {
    const count = numbers[k + 1]!;
    if (count === 0) continue;
    rows += count;
    if (leaf.rows - rows < minimumRows) break;
    first += numbers[k]!;
    second += numbers[k + 2]!;
    if (rows < minimumRows) continue;
    const curvature = second * secondStep;
    const other = leaf.second - curvature;
    if (curvature < leastSecond || other < leastSecond) continue;
    const rest = leaf.first - first;
    const score = (first * first) / (curvature + l2) + (rest * rest) / (other + l2);
    if (!(score > best.score)) continue;
    isBetter = true;
    best.score = score;
    best.cut = bin;
    best.first = first;
    best.second = curvature;
    best.rows = rows;
  }
  return isBetter;
}
