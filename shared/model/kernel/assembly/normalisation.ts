// Batch normalisation, four columns at a time; statistics in double precision. All arrays are single precision, row-major
// rows × units; units is a multiple of 4.

// @ts-ignore: decorator
@inline
function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1));
}

// @ts-ignore: decorator
@inline
function joined(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2);
}

/** moving = momentum · moving + (1 - momentum) · value. */
// @ts-ignore: decorator
@inline
function follow(moving: usize, lowValue: v128, highValue: v128, momentum: f64): void {
  const old = v128.load(moving);
  const keep = f64x2.splat(momentum);
  const take = f64x2.splat(1 - momentum);
  const a = f64x2.add(f64x2.mul(keep, low(old)), f64x2.mul(take, lowValue));
  const b = f64x2.add(f64x2.mul(keep, high(old)), f64x2.mul(take, highValue));
  v128.store(moving, joined(a, b));
}

/**
 * z becomes γ·(z - mean)/√(variance + ε) + β by the batch's own biased statistics, which the running ones follow.
 *
 * @param normalised receives (z - mean)/√(variance + ε), rows × units.
 * @param inverse receives 1/√(variance + ε), by unit.
 */
export function normaliseBatch(
  z: usize,
  rows: usize,
  units: usize,
  gamma: usize,
  beta: usize,
  movingMean: usize,
  movingVariance: usize,
  normalised: usize,
  inverse: usize,
  epsilon: f64,
  momentum: f64,
): void {
  const width = units * 4;
  const size = rows * width;
  const n = f64x2.splat(<f64>rows);
  for (let j: usize = 0; j < width; j += 16) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    for (let k = j; k < size; k += width) {
      const x = v128.load(z + k);
      a = f64x2.add(a, low(x));
      b = f64x2.add(b, high(x));
    }
    const meanA = f64x2.div(a, n);
    const meanB = f64x2.div(b, n);
    a = f64x2.splat(0);
    b = f64x2.splat(0);
    for (let k = j; k < size; k += width) {
      const x = v128.load(z + k);
      const da = f64x2.sub(low(x), meanA);
      const db = f64x2.sub(high(x), meanB);
      a = f64x2.add(a, f64x2.mul(da, da));
      b = f64x2.add(b, f64x2.mul(db, db));
    }
    a = f64x2.div(a, n);
    b = f64x2.div(b, n);
    follow(movingMean + j, meanA, meanB, momentum);
    follow(movingVariance + j, a, b, momentum);
    const one = f64x2.splat(1);
    const rootA = f64x2.div(one, f64x2.sqrt(f64x2.add(a, f64x2.splat(epsilon))));
    const rootB = f64x2.div(one, f64x2.sqrt(f64x2.add(b, f64x2.splat(epsilon))));
    v128.store(inverse + j, joined(rootA, rootB));
    const g = v128.load(gamma + j);
    const shift = v128.load(beta + j);
    for (let k = j; k < size; k += width) {
      const x = v128.load(z + k);
      const s = joined(f64x2.mul(f64x2.sub(low(x), meanA), rootA), f64x2.mul(f64x2.sub(high(x), meanB), rootB));
      v128.store(normalised + k, s);
      v128.store(z + k, f32x4.add(f32x4.mul(g, s), shift));
    }
  }
}

/** The same with the running statistics: what a trained network does. */
export function normaliseWithMoving(
  z: usize,
  rows: usize,
  units: usize,
  gamma: usize,
  beta: usize,
  movingMean: usize,
  movingVariance: usize,
  epsilon: f64,
): void {
  const width = units * 4;
  const size = rows * width;
  for (let j: usize = 0; j < width; j += 16) {
    const variance = v128.load(movingVariance + j);
    const rootA = f64x2.sqrt(f64x2.add(low(variance), f64x2.splat(epsilon)));
    const rootB = f64x2.sqrt(f64x2.add(high(variance), f64x2.splat(epsilon)));
    const g = v128.load(gamma + j);
    const scaleA = f64x2.div(low(g), rootA);
    const scaleB = f64x2.div(high(g), rootB);
    const mean = v128.load(movingMean + j);
    const shift = v128.load(beta + j);
    const shiftA = f64x2.sub(low(shift), f64x2.mul(low(mean), scaleA));
    const shiftB = f64x2.sub(high(shift), f64x2.mul(high(mean), scaleB));
    for (let k = j; k < size; k += width) {
      const x = v128.load(z + k);
      const a = f64x2.add(f64x2.mul(low(x), scaleA), shiftA);
      const b = f64x2.add(f64x2.mul(high(x), scaleB), shiftB);
      v128.store(z + k, joined(a, b));
    }
  }
}

/** Turns the gradient by the outputs into that by the inputs, in place; fills the gradients of γ and β. */
export function normalisationGradient(
  d: usize,
  rows: usize,
  units: usize,
  gamma: usize,
  normalised: usize,
  inverse: usize,
  gammaGradient: usize,
  betaGradient: usize,
): void {
  const width = units * 4;
  const size = rows * width;
  const n = f64x2.splat(<f64>rows);
  for (let j: usize = 0; j < width; j += 16) {
    let sumA = f64x2.splat(0);
    let sumB = f64x2.splat(0);
    let productA = f64x2.splat(0);
    let productB = f64x2.splat(0);
    for (let k = j; k < size; k += width) {
      const slope = v128.load(d + k);
      const s = v128.load(normalised + k);
      sumA = f64x2.add(sumA, low(slope));
      sumB = f64x2.add(sumB, high(slope));
      productA = f64x2.add(productA, f64x2.mul(low(slope), low(s)));
      productB = f64x2.add(productB, f64x2.mul(high(slope), high(s)));
    }
    v128.store(betaGradient + j, joined(sumA, sumB));
    v128.store(gammaGradient + j, joined(productA, productB));
    const g = v128.load(gamma + j);
    const root = v128.load(inverse + j);
    const scaleA = f64x2.mul(low(g), low(root));
    const scaleB = f64x2.mul(high(g), high(root));
    for (let k = j; k < size; k += width) {
      const slope = v128.load(d + k);
      const s = v128.load(normalised + k);
      const a = f64x2.sub(low(slope), f64x2.div(f64x2.add(sumA, f64x2.mul(low(s), productA)), n));
      const b = f64x2.sub(high(slope), f64x2.div(f64x2.add(sumB, f64x2.mul(high(s), productB)), n));
      v128.store(d + k, joined(f64x2.mul(scaleA, a), f64x2.mul(scaleB, b)));
    }
  }
}
