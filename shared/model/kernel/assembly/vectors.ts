// What acts number by number. Lengths are multiples of 4.

/** out = a · b, number by number; out may be either. */
export function multiply(a: usize, b: usize, out: usize, length: usize): void {
  const end = a + length * 4;
  for (; a < end; a += 16, b += 16, out += 16) v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
}

/** out = start + the sums of the columns of `values`, rows × columns; start may be out. */
export function sumColumns(values: usize, rows: usize, columns: usize, start: usize, out: usize): void {
  const width = columns * 4;
  const size = rows * width;
  for (let j: usize = 0; j < width; j += 16) {
    let sum = v128.load(start + j);
    for (let k = j; k < size; k += width) sum = f32x4.add(sum, v128.load(values + k));
    v128.store(out + j, sum);
  }
}

/** Adds the gradient of l2 · Σw², which is 2·l2·w; gives Σw². */
export function penalise(weights: usize, gradient: usize, length: usize, l2: f64): f64 {
  const twice = f32x4.splat(<f32>(2 * l2));
  let a = f64x2.splat(0);
  const end = weights + length * 4;
  for (; weights < end; weights += 16, gradient += 16) {
    const w = v128.load(weights);
    v128.store(gradient, f32x4.add(v128.load(gradient), f32x4.mul(twice, w)));
    const first = f64x2.promote_low_f32x4(w);
    const second = f64x2.promote_low_f32x4(v128.shuffle<f64>(w, w, 1, 1));
    a = f64x2.add(a, f64x2.add(f64x2.mul(first, first), f64x2.mul(second, second)));
  }
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

/** A smaller moment is set to 0: processors are slow at numbers too small for single precision's full digits. */
const smallest: f32 = 1e-36;

// @ts-ignore: decorator
@inline
function flushed(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(smallest)));
}

/**
 * One step of Adam (Kingma and Ba 2015) as Keras has it.
 *
 * @param rate the learning rate, corrected for the moments' start at zero.
 */
export function adam(
  weights: usize,
  gradient: usize,
  first: usize,
  second: usize,
  length: usize,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): void {
  const keep1 = f32x4.splat(beta1);
  const keep2 = f32x4.splat(beta2);
  const take1 = f32x4.splat(1 - beta1);
  const take2 = f32x4.splat(1 - beta2);
  const least = f32x4.splat(epsilon);
  const step = f32x4.splat(rate);
  const end = weights + length * 4;
  for (; weights < end; weights += 16, gradient += 16, first += 16, second += 16) {
    const g = v128.load(gradient);
    const m = flushed(f32x4.add(f32x4.mul(keep1, v128.load(first)), f32x4.mul(take1, g)));
    const v = flushed(f32x4.add(f32x4.mul(keep2, v128.load(second)), f32x4.mul(f32x4.mul(take2, g), g)));
    v128.store(first, m);
    v128.store(second, v);
    const change = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.sqrt(v), least));
    v128.store(weights, f32x4.sub(v128.load(weights), change));
  }
}

/** Weight decay apart from the gradient (Loshchilov and Hutter 2019): w - share · w. */
export function decay(weights: usize, length: usize, share: f32): void {
  const lost = f32x4.splat(share);
  const end = weights + length * 4;
  for (; weights < end; weights += 16) {
    const w = v128.load(weights);
    v128.store(weights, f32x4.sub(w, f32x4.mul(lost, w)));
  }
}

/** Moves averages a share of the way to what they are averages of. */
export function follow(averages: usize, values: usize, length: usize, share: f32): void {
  const taken = f32x4.splat(share);
  const end = averages + length * 4;
  for (; averages < end; averages += 16, values += 16) {
    const a = v128.load(averages);
    v128.store(averages, f32x4.add(a, f32x4.mul(taken, f32x4.sub(v128.load(values), a))));
  }
}
