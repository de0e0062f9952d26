// Sums of a parent's other child: the parent's less those of the smaller child, in the parent's place.
import { countIn, rowUnit } from './packing';

/** Numbers a bin of sums that are not packed: the first derivative, the count, the second derivative (or the count). */
const wideSize: usize = 24;

/** @param size a multiple of 16. */
export function subtractSame(parent: usize, child: usize, size: usize): void {
  const end = parent + size;
  for (; parent < end; parent += 16, child += 16) {
    v128.store(parent, f64x2.sub(v128.load(parent), v128.load(child)));
  }
}

/** Packed sums from sums that are not, which stay so. */
export function subtractPacked(parent: usize, child: usize, bins: usize, fields: usize): void {
  for (let bin: usize = 0; bin < bins; bin++, parent += wideSize, child += fields * 8) {
    const sum = load<f64>(child);
    const count = countIn(sum);
    store<f64>(parent, load<f64>(parent) - (sum - count * rowUnit));
    store<f64>(parent, load<f64>(parent, 8) - count, 8);
    store<f64>(parent, load<f64>(parent, 16) - (fields == 2 ? load<f64>(child, 8) : count), 16);
  }
}

/** Packed sums from sums that are not, the difference being packed. */
export function subtractPacking(parent: usize, child: usize, bins: usize, fields: usize): void {
  let out = parent;
  for (let bin: usize = 0; bin < bins; bin++, parent += wideSize, child += fields * 8, out += fields * 8) {
    const second = load<f64>(parent, 16);
    store<f64>(out, load<f64>(parent) + load<f64>(parent, 8) * rowUnit - load<f64>(child));
    if (fields == 2) store<f64>(out, second - load<f64>(child, 8), 8);
  }
}

/** Takes packed sums apart; adds them to what earlier blocks have left, or overwrites. */
export function unpack(packed: usize, fields: usize, bins: usize, out: usize, adds: bool): void {
  for (let bin: usize = 0; bin < bins; bin++, packed += fields * 8, out += wideSize) {
    const sum = load<f64>(packed);
    const count = countIn(sum);
    const second = fields == 2 ? load<f64>(packed, 8) : count;
    store<f64>(out, sum - count * rowUnit + (adds ? load<f64>(out) : 0));
    store<f64>(out, count + (adds ? load<f64>(out, 8) : 0), 8);
    store<f64>(out, second + (adds ? load<f64>(out, 16) : 0), 16);
  }
}
