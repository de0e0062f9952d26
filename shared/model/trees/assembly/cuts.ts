// The best threshold of a number column, in two leaves at once: one in each half of a vector.
import { rounder, rowUnit } from './packing';

/** A score surely below the highest is not computed: two divisions take as long as all the rest. */
const surely: f64 = 1 - 1e-12;

/**
 * What `scanPacked…` reads and writes, pairs of numbers in double precision, one a leaf: the leaves' first and second
 * derivatives and rows, the highest scores so far, then of the cuts that reach them the bin, first, second and rows.
 */
const firstOffset: usize = 0;
const secondOffset: usize = 16;
const rowsOffset: usize = 32;
const scoreOffset: usize = 48;
const cutOffset: usize = 64;
const cutFirstOffset: usize = 80;
const cutSecondOffset: usize = 96;
const cutRowsOffset: usize = 112;

/** Where every row's second derivative is 1. */
export function scanPackedCounts(
  a: usize,
  b: usize,
  last: usize,
  missingLeft: bool,
  minimumRows: f64,
  l2: f64,
  leaves: usize,
): void {
  scan(false, a, b, last, missingLeft, minimumRows, 0, l2, 1, leaves);
}

/** Where rows have second derivatives. */
export function scanPackedPairs(
  a: usize,
  b: usize,
  last: usize,
  missingLeft: bool,
  minimumRows: f64,
  leastSecond: f64,
  l2: f64,
  secondStep: f64,
  leaves: usize,
): void {
  scan(true, a, b, last, missingLeft, minimumRows, leastSecond, l2, secondStep, leaves);
}

/** The numbers at two places side by side. */
// @ts-ignore: decorator
@inline
function both(a: usize, b: usize): v128 {
  return v128.load64_lane(b, v128.load64_zero(a), 1);
}

/**
 * @param a packed sums of a column in one leaf, the missing bin's first; `b` in another.
 * @param last the column's last bin.
 * @param missingLeft whether missing values are left of every threshold, or right.
 */
// @ts-ignore: decorator
@inline
function scan(
  curved: bool,
  a: usize,
  b: usize,
  last: usize,
  missingLeft: bool,
  minimumRows: f64,
  leastSecond: f64,
  l2: f64,
  secondStep: f64,
  leaves: usize,
): void {
  const size: usize = curved ? 16 : 8;
  const total = v128.load(leaves, firstOffset);
  const totalSecond = v128.load(leaves, secondOffset);
  const totalRows = v128.load(leaves, rowsOffset);
  const perUnit = f64x2.splat(1 / rowUnit);
  const unit = f64x2.splat(rowUnit);
  const rounding = f64x2.splat(rounder);
  const least = f64x2.splat(minimumRows);
  const leastCurvature = f64x2.splat(leastSecond);
  const penalty = f64x2.splat(l2);
  const step = f64x2.splat(secondStep);
  let bar = f64x2.mul(v128.load(leaves, scoreOffset), f64x2.splat(surely));
  let sum = missingLeft ? both(a, b) : f64x2.splat(0);
  let second = missingLeft && curved ? both(a + 8, b + 8) : f64x2.splat(0);
  for (let bin: usize = 1; bin <= last; bin++) {
    a += size;
    b += size;
    const added = both(a, b);
    if (!v128.any_true(added)) continue;
    sum = f64x2.add(sum, added);
    if (curved) second = f64x2.add(second, both(a + 8, b + 8));
    const rows = f64x2.sub(f64x2.add(f64x2.mul(sum, perUnit), rounding), rounding);
    const enough = f64x2.ge(f64x2.sub(totalRows, rows), least);
    let valid = v128.and(f64x2.ge(rows, least), enough);
    const curvature = curved ? f64x2.mul(second, step) : rows;
    const other = f64x2.sub(totalSecond, curvature);
    if (curved) {
      valid = v128.and(valid, f64x2.ge(curvature, leastCurvature));
      valid = v128.and(valid, f64x2.ge(other, leastCurvature));
    }
    const first = f64x2.sub(sum, f64x2.mul(rows, unit));
    const rest = f64x2.sub(total, first);
    const left = f64x2.add(curvature, penalty);
    const right = f64x2.add(other, penalty);
    const crossed = f64x2.add(
      f64x2.mul(f64x2.mul(first, first), right),
      f64x2.mul(f64x2.mul(rest, rest), left),
    );
    const higher = v128.and(valid, f64x2.gt(crossed, f64x2.mul(f64x2.mul(bar, left), right)));
    if (!v128.any_true(higher)) {
      if (!v128.any_true(enough)) break;
      continue;
    }
    const score = f64x2.add(
      f64x2.div(f64x2.mul(first, first), left),
      f64x2.div(f64x2.mul(rest, rest), right),
    );
    const highest = v128.load(leaves, scoreOffset);
    const taken = v128.and(higher, f64x2.gt(score, highest));
    const now = v128.bitselect(score, highest, taken);
    v128.store(leaves, now, scoreOffset);
    bar = f64x2.mul(now, f64x2.splat(surely));
    keep(leaves, f64x2.splat(<f64>bin), taken, cutOffset);
    keep(leaves, first, taken, cutFirstOffset);
    keep(leaves, curvature, taken, cutSecondOffset);
    keep(leaves, rows, taken, cutRowsOffset);
  }
}

// @ts-ignore: decorator
@inline
function keep(leaves: usize, value: v128, taken: v128, offset: usize): void {
  const place = leaves + offset;
  v128.store(place, v128.bitselect(value, v128.load(place), taken));
}
