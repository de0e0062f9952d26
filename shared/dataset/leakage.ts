import { finishHash, mixWord } from '../platform/hash.ts';
import { quantilesOf } from './order-statistics.ts';
import type { Column } from './table.ts';

/** Feature values are put into at most this many groups. */
const groups = 200;
/** Rows beyond this say nothing more about an almost perfect feature. */
const rowLimit = 50_000;

/**
 * How well one feature alone predicts the target, out of fold: the feature's values (numbers: quantile bins) are
 * groups; each half of the rows is predicted by the other half's group means (regression) or majority labels
 * (classes). A column of unique values gains nothing: its groups have no second row to learn from.
 *
 * @param targets numbers, or class codes with `classes` set; NaN or negative codes are left out.
 * @returns R² for numbers; for classes the share of the majority baseline's errors that vanish. At most 1, 0 or less
 *   is no use; undefined when there is nothing to measure (too few rows, or a constant target).
 */
export function predictivePower(
  column: Column,
  targets: Float64Array | Int32Array,
  classes: number | undefined,
): number | undefined {
  const rows = Math.min(targets.length, rowLimit);
  const codes = groupCodes(column, rows);
  const fold = Uint8Array.from({ length: rows }, (_, row) => finishHash(mixWord(0x1b873593, row)) & 1);
  if (rows < 20) return undefined;
  return classes === undefined
    ? explainedVariance(codes, fold, targets as Float64Array)
    : explainedErrors(codes, fold, targets as Int32Array, classes);
}

function groupCodes(column: Column, rows: number): Int32Array {
  if (column.type === 'category') return column.codes.subarray(0, rows).map((code) => code + 1);
  if (column.type === 'boolean')
    return Int32Array.from(column.values.subarray(0, rows), (value) => value + 1);
  const values = column.values.subarray(0, rows);
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length === 0) return new Int32Array(rows);
  const bins = Math.min(groups, Math.max(2, Math.floor(present.length / 10)));
  const shares = Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
  const edges = Float64Array.from(new Set(quantilesOf(present, shares)));
  return Int32Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1 + upperBound(edges, value)));
}

/** How many edges lie at or below a value. */
function upperBound(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function explainedVariance(codes: Int32Array, fold: Uint8Array, targets: Float64Array): number | undefined {
  const size = maxOf(codes) + 1;
  const sums = [new Float64Array(size), new Float64Array(size)];
  const counts = [new Float64Array(size), new Float64Array(size)];
  const totals = [0, 0];
  const rows = [0, 0];
  for (let row = 0; row < codes.length; row++) {
    const side = fold[row]!;
    const target = targets[row]!;
    if (Number.isNaN(target)) continue;
    sums[side]![codes[row]!]! += target;
    counts[side]![codes[row]!]!++;
    totals[side]! += target;
    rows[side]!++;
  }
  if (rows[0] === 0 || rows[1] === 0) return undefined;
  let residual = 0;
  let total = 0;
  for (let row = 0; row < codes.length; row++) {
    const other = 1 - fold[row]!;
    const target = targets[row]!;
    if (Number.isNaN(target)) continue;
    const mean = totals[other]! / rows[other]!;
    const seen = counts[other]![codes[row]!]!;
    const guess = seen > 0 ? sums[other]![codes[row]!]! / seen : mean;
    residual += (target - guess) ** 2;
    total += (target - mean) ** 2;
  }
  return total > 0 ? 1 - residual / total : undefined;
}

function explainedErrors(
  codes: Int32Array,
  fold: Uint8Array,
  targets: Int32Array,
  classes: number,
): number | undefined {
  const size = maxOf(codes) + 1;
  const counts = [new Float64Array(size * classes), new Float64Array(size * classes)];
  const overall = [new Float64Array(classes), new Float64Array(classes)];
  for (let row = 0; row < codes.length; row++) {
    const target = targets[row]!;
    if (target < 0) continue;
    counts[fold[row]!]![codes[row]! * classes + target]!++;
    overall[fold[row]!]![target]!++;
  }
  const majority = overall.map((sums) => sums.indexOf(Math.max(...sums)));
  let wrong = 0;
  let naive = 0;
  for (let row = 0; row < codes.length; row++) {
    const target = targets[row]!;
    if (target < 0) continue;
    const other = 1 - fold[row]!;
    const start = codes[row]! * classes;
    const own = counts[other]!.subarray(start, start + classes);
    const most = Math.max(...own);
    if ((most > 0 ? own.indexOf(most) : majority[other]!) !== target) wrong++;
    if (majority[other] !== target) naive++;
  }
  return naive > 0 ? 1 - wrong / naive : undefined;
}

function maxOf(codes: Int32Array): number {
  let max = 0;
  for (const code of codes) if (code > max) max = code;
  return max;
}
