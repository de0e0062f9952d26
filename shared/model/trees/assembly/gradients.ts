// Derivatives as whole numbers of steps: see ../gradients.ts.
import { rowUnit } from './packing';

/** The largest absolute value of `count` numbers in double precision. */
export function largest(values: usize, count: usize): f64 {
  let most = f64x2.splat(0);
  const end = values + (count & ~1) * 8;
  for (; values < end; values += 16) most = f64x2.pmax(most, f64x2.abs(v128.load(values)));
  let result = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  if (count & 1) result = max(result, abs(load<f64>(values)));
  return result;
}

/**
 * Writes numbers into the records of as many rows, in whole steps: halves are rounded up.
 *
 * @param isFirst whether they are first derivatives, which have a unit for the row added.
 * @param out in the first record.
 */
export function quantise(
  values: usize,
  count: usize,
  perStep: f64,
  isFirst: bool,
  out: usize,
  recordSize: usize,
): void {
  const unit = isFirst ? rowUnit : 0;
  const end = values + count * 8;
  for (; values < end; values += 8, out += recordSize) {
    const value = load<f64>(values) * perStep;
    const below = floor(value);
    store<f64>(out, unit + below + (value - below >= 0.5 ? 1 : 0));
  }
}

/** The sum over rows of a derivative in whole steps, exact. */
export function sum(
  first: usize,
  recordSize: usize,
  isFirst: bool,
  rows: usize,
  count: usize,
): f64 {
  const unit = isFirst ? rowUnit : 0;
  let total: f64 = 0;
  const end = rows + count * 4;
  for (; rows < end; rows += 4) total += load<f64>(first + <usize>load<u32>(rows) * recordSize) - unit;
  return total;
}
