import { finishHash, mixWord } from '../../platform/hash.ts';
import { presentValues, quantilesOf } from '../statistics/order-statistics.ts';
import type { Column } from '../table/table.ts';
import { type NeighbourTarget, neighbourPower, neighbourTarget } from './neighbour-power.ts';

/** Numbers are put into at most this many groups; up to so many different ones are groups of their own. */
const mostGroups = 200;
/** Fewer rows say nothing. */
const fewestRows = 20;

/** The target as features are judged by it: made once for all of them. */
export interface PowerTarget {
  /** Numbers, NaN where missing; or codes, negative where missing. */
  readonly targets: Float64Array | Int32Array;
  /** How many classes the codes are of. */
  readonly classes: number;
  /** Which half of the rows each is in. */
  readonly halves: Uint8Array;
  readonly neighbours: NeighbourTarget;
}

/**
 * @param targets numbers, NaN where missing; or codes of `classes` classes, negative where missing.
 * @param classes default: as many as the codes show.
 */
export function powerTarget(targets: Float64Array | Int32Array, classes?: number): PowerTarget {
  const halves = new Uint8Array(targets.length);
  for (let row = 0; row < halves.length; row++) halves[row] = finishHash(mixWord(0x1b873593, row)) & 1;
  return {
    targets,
    classes: classes ?? (targets instanceof Int32Array ? maxOf(targets) + 1 : 0),
    halves,
    neighbours: neighbourTarget(targets),
  };
}

/**
 * How well one feature by itself predicts the target, each row predicted only from other rows, by the better of two
 * simple ways: the feature's values (numbers: quantile bins) are groups, and each half of the rows is predicted by the
 * other half's group means or majority labels; or, for numbers and dates, see `neighbourPower`. A column of unique
 * values that say nothing gains nothing: its groups have no second row to learn from.
 *
 * @param column as many rows as the target has.
 * @returns of numbers R²; of classes the share of the majority label's errors that vanish. At most 1; 0 when it is no
 *   use, or when there is nothing to measure (fewer than 20 rows, or a constant target).
 */
export function predictivePower(column: Column, target: PowerTarget): number {
  const { targets, classes, halves, neighbours } = target;
  if (targets.length < fewestRows) return 0;
  const codes = groupCodes(column);
  const grouped =
    targets instanceof Float64Array
      ? explainedVariance(codes, halves, targets)
      : explainedErrors(codes, halves, targets, classes);
  if (column.type === 'category' || column.type === 'boolean') return Math.max(0, grouped);
  return Math.max(0, grouped, neighbourPower(column.values, neighbours));
}

function groupCodes(column: Column): Int32Array {
  if (column.type === 'category') return column.codes.map((code) => code + 1);
  const codes = new Int32Array(column.values.length);
  if (column.type === 'boolean') {
    for (let row = 0; row < codes.length; row++) codes[row] = column.values[row]! + 1;
    return codes;
  }
  const edges = groupEdges(presentValues(column.values));
  for (let row = 0; row < codes.length; row++) {
    const value = column.values[row]!;
    if (!Number.isNaN(value)) codes[row] = 1 + upperBound(edges, value);
  }
  return codes;
}

/** The numbers themselves where they are few, else quantiles with ten or more rows between any two. */
function groupEdges(present: Float64Array): Float64Array {
  const distinct = new Set<number>();
  for (let i = 0; i < present.length && distinct.size <= mostGroups; i++) distinct.add(present[i]!);
  if (distinct.size <= mostGroups && distinct.size * 2 <= present.length) {
    return Float64Array.from(distinct).sort();
  }
  const bins = Math.min(mostGroups, Math.max(2, Math.floor(present.length / 10)));
  const shares = Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
  return present.length === 0
    ? new Float64Array(0)
    : Float64Array.from(new Set(quantilesOf(present, shares)));
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

function explainedVariance(codes: Int32Array, halves: Uint8Array, targets: Float64Array): number {
  const size = maxOf(codes) + 1;
  const sums = [new Float64Array(size), new Float64Array(size)];
  const counts = [new Float64Array(size), new Float64Array(size)];
  const totals = [0, 0];
  const rows = [0, 0];
  for (let row = 0; row < codes.length; row++) {
    const side = halves[row]!;
    const target = targets[row]!;
    if (Number.isNaN(target)) continue;
    sums[side]![codes[row]!]! += target;
    counts[side]![codes[row]!]!++;
    totals[side]! += target;
    rows[side]!++;
  }
  if (rows[0] === 0 || rows[1] === 0) return 0;
  let residual = 0;
  let total = 0;
  for (let row = 0; row < codes.length; row++) {
    const other = 1 - halves[row]!;
    const target = targets[row]!;
    if (Number.isNaN(target)) continue;
    const mean = totals[other]! / rows[other]!;
    const seen = counts[other]![codes[row]!]!;
    const guess = seen > 0 ? sums[other]![codes[row]!]! / seen : mean;
    residual += (target - guess) ** 2;
    total += (target - mean) ** 2;
  }
  return total > 0 ? 1 - residual / total : 0;
}

function explainedErrors(
  codes: Int32Array,
  halves: Uint8Array,
  targets: Int32Array,
  classes: number,
): number {
  const size = maxOf(codes) + 1;
  const counts = [new Float64Array(size * classes), new Float64Array(size * classes)];
  const overall = [new Float64Array(classes), new Float64Array(classes)];
  for (let row = 0; row < codes.length; row++) {
    const target = targets[row]!;
    if (target < 0) continue;
    counts[halves[row]!]![codes[row]! * classes + target]!++;
    overall[halves[row]!]![target]!++;
  }
  const majority = overall.map((sums) => sums.indexOf(Math.max(...sums)));
  let wrong = 0;
  let naive = 0;
  for (let row = 0; row < codes.length; row++) {
    const target = targets[row]!;
    if (target < 0) continue;
    const other = 1 - halves[row]!;
    const start = codes[row]! * classes;
    const own = counts[other]!.subarray(start, start + classes);
    const most = Math.max(...own);
    if ((most > 0 ? own.indexOf(most) : majority[other]!) !== target) wrong++;
    if (majority[other] !== target) naive++;
  }
  return naive > 0 ? 1 - wrong / naive : 0;
}

function maxOf(codes: Int32Array): number {
  let max = 0;
  for (const code of codes) if (code > max) max = code;
  return max;
}
