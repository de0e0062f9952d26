import type { Histogram } from './histogram.ts';

/** One column's part of a histogram and what its cuts are compared with. First derivatives are in whole steps. */
export interface Scan {
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

/** Tries every threshold of a number column, missing values on one side; whether one is the best so far. */
export function scanNumbers(scan: Scan, best: Best, missingLeft: boolean): boolean {
  const { histogram, start, fields, last, minimumRows, leastSecond, l2, secondStep } = scan;
  if (fields === 2) return scanCounts(scan, best, missingLeft);
  const total = scan.first;
  const totalSecond = scan.second;
  const totalRows = scan.rows;
  let first = missingLeft ? histogram[start]! : 0;
  let rows = missingLeft ? histogram[start + 1]! : 0;
  let second = missingLeft ? histogram[start + 2]! : 0;
  let highest = best.score;
  for (let bin = 1, k = start + 3; bin <= last; bin++, k += 3) {
    const count = histogram[k + 1]!;
    if (count === 0) continue;
    rows += count;
    if (totalRows - rows < minimumRows) break;
    first += histogram[k]!;
    second += histogram[k + 2]!;
    if (rows < minimumRows) continue;
    const curvature = second * secondStep;
    const other = totalSecond - curvature;
    if (curvature < leastSecond || other < leastSecond) continue;
    const rest = total - first;
    const score = (first * first) / (curvature + l2) + (rest * rest) / (other + l2);
    if (!(score > highest)) continue;
    highest = score;
    best.cut = bin;
    best.first = first;
    best.second = curvature;
    best.rows = rows;
  }
  return keepScore(best, highest);
}

/** The same where the second derivatives are the counts of rows. */
function scanCounts(scan: Scan, best: Best, missingLeft: boolean): boolean {
  const { histogram, start, last, minimumRows, l2 } = scan;
  const total = scan.first;
  const totalRows = scan.rows;
  let first = missingLeft ? histogram[start]! : 0;
  let rows = missingLeft ? histogram[start + 1]! : 0;
  let highest = best.score;
  for (let bin = 1, k = start + 2; bin <= last; bin++, k += 2) {
    const count = histogram[k + 1]!;
    if (count === 0) continue;
    rows += count;
    const otherRows = totalRows - rows;
    if (otherRows < minimumRows) break;
    first += histogram[k]!;
    if (rows < minimumRows) continue;
    const rest = total - first;
    const score = (first * first) / (rows + l2) + (rest * rest) / (otherRows + l2);
    if (!(score > highest)) continue;
    highest = score;
    best.cut = bin;
    best.first = first;
    best.second = rows;
    best.rows = rows;
  }
  return keepScore(best, highest);
}

/** Whether a scan has found a better cut than there was. */
function keepScore(best: Best, score: number): boolean {
  const isBetter = score > best.score;
  best.score = score;
  return isBetter;
}
