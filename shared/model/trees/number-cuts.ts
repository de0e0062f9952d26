import { rowUnit } from './gradients.ts';
import { countIn, type Histogram, wideFields } from './histogram.ts';

/** One column's part of a histogram and what its cuts are compared with. First derivatives are in whole steps. */
export interface Scan {
  readonly histogram: Histogram;
  /** Numbers a bin: 1 or 2 of packed sums, else 3. */
  readonly fields: number;
  /** Of the column's missing bin. */
  start: number;
  last: number;
  readonly first: number;
  readonly second: number;
  readonly rows: number;
  readonly secondStep: number;
  readonly minimumRows: number;
  readonly leastSecond: number;
  readonly l2: number;
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
  const before = best.score;
  if (scan.fields === wideFields) scanWide(scan, best, missingLeft);
  else scanPacked(scan, best, missingLeft);
  return best.score > before;
}

/** A score surely below the highest is not computed: two divisions take as long as all the rest. */
const surely = 1 - 1e-12;

function scanPacked(scan: Scan, best: Best, missingLeft: boolean): void {
  const { histogram, start, fields, last, minimumRows, leastSecond, l2, secondStep } = scan;
  const total = scan.first;
  const totalSecond = scan.second;
  const totalRows = scan.rows;
  const curved = fields === 2;
  let sum = missingLeft ? histogram[start]! : 0;
  let second = missingLeft && curved ? histogram[start + 1]! : 0;
  let highest = best.score;
  for (let bin = 1, k = start + fields; bin <= last; bin++, k += fields) {
    const added = histogram[k]!;
    if (added === 0) continue;
    sum += added;
    const rows = countIn(sum);
    if (totalRows - rows < minimumRows) break;
    if (curved) second += histogram[k + 1]!;
    if (rows < minimumRows) continue;
    const curvature = curved ? second * secondStep : rows;
    const other = totalSecond - curvature;
    if (curvature < leastSecond || other < leastSecond) continue;
    const first = sum - rows * rowUnit;
    const rest = total - first;
    const left = curvature + l2;
    const right = other + l2;
    if (first * first * right + rest * rest * left <= highest * surely * left * right) continue;
    const score = (first * first) / left + (rest * rest) / right;
    if (!(score > highest)) continue;
    highest = score;
    best.cut = bin;
    best.first = first;
    best.second = curvature;
    best.rows = rows;
  }
  best.score = highest;
}

function scanWide(scan: Scan, best: Best, missingLeft: boolean): void {
  const { histogram, start, last, minimumRows, leastSecond, l2, secondStep } = scan;
  const total = scan.first;
  const totalSecond = scan.second;
  const totalRows = scan.rows;
  let first = missingLeft ? histogram[start]! : 0;
  let rows = missingLeft ? histogram[start + 1]! : 0;
  let second = missingLeft ? histogram[start + 2]! : 0;
  let highest = best.score;
  for (let bin = 1, k = start + wideFields; bin <= last; bin++, k += wideFields) {
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
  best.score = highest;
}
