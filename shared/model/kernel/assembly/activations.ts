// Activations and their derivatives. Exponentials are taken in double precision and rounded once: what comes out is
// within 0.51 units in the last place of single precision.
import { exponential, exponentialLessOne, logarithmOfOnePlus } from './exponential';

export const linear: i32 = 0;
export const relu: i32 = 1;
export const tanh: i32 = 2;
export const sigmoid: i32 = 3;
export const elu: i32 = 4;
export const selu: i32 = 5;
export const softplus: i32 = 6;
export const swish: i32 = 7;
export const gelu: i32 = 8;

/** Klambauer et al. 2017, as Keras has them. */
const seluScale: f64 = 1.0507009873554805;
const seluAlpha: f64 = 1.6732632423543772;

const inverseSqrt2: f64 = 0.7071067811865476;
const inverseSqrt2Pi: f64 = 0.3989422804014327;

/** 1 / (1 + exp(-x)), the exponential taken of -|x| so that nothing overflows. */
function logistic(x: v128): v128 {
  const e = exponential(f64x2.neg(f64x2.abs(x)));
  const upper = f64x2.div(f64x2.splat(1), f64x2.add(e, f64x2.splat(1)));
  return v128.bitselect(f64x2.mul(e, upper), upper, f64x2.lt(x, f64x2.splat(0)));
}

/** tanh|x| = -t / (2 + t) with t = exp(-2|x|) - 1. */
function hyperbolicTangent(x: v128): v128 {
  const t = exponentialLessOne(f64x2.mul(f64x2.abs(x), f64x2.splat(-2)));
  const size = f64x2.div(f64x2.neg(t), f64x2.add(t, f64x2.splat(2)));
  return v128.bitselect(x, size, i64x2.splat(0x8000000000000000));
}

/** max(x, 0) + log(1 + exp(-|x|)). */
function softened(x: v128): v128 {
  const e = exponential(f64x2.neg(f64x2.abs(x)));
  return f64x2.add(f64x2.pmax(x, f64x2.splat(0)), logarithmOfOnePlus(e));
}

/**
 * The normal distribution's cumulative probability. With y = |x|/√2 and t = 2/(2 + y), erfc(y) = t·q(t)·exp(-y²), where
 * q is a polynomial of degree 12 fitted at Chebyshev's points over y in [0, 11]: relative error below 4e-10. Beyond, the
 * exponential is 0 in single precision.
 *
 * @param density exp(-x²/2).
 */
function cumulative(x: v128, density: v128): v128 {
  const y = f64x2.pmin(f64x2.mul(f64x2.abs(x), f64x2.splat(inverseSqrt2)), f64x2.splat(11));
  const t = f64x2.div(f64x2.splat(2), f64x2.add(y, f64x2.splat(2)));
  const u = f64x2.div(f64x2.sub(t, f64x2.splat(0.5769230769230769)), f64x2.splat(0.4230769230769231));
  let q = f64x2.splat(-2.5430874757148557e-7);
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(-2.3344318299223234e-6));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(7.030899222968401e-6));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(1.2884311794181257e-5));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(-7.680275024405604e-5));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(8.455450234201581e-6));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(6.530269502583153e-4));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(-7.257387732209075e-4));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(-6.488965241453295e-3));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(6.636759201055147e-3));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(0.10490060266072883));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(0.32805804117890086));
  q = f64x2.add(f64x2.mul(q, u), f64x2.splat(0.5670172947646854));
  const tail = f64x2.mul(f64x2.mul(f64x2.mul(t, q), density), f64x2.splat(0.5));
  return v128.bitselect(tail, f64x2.sub(f64x2.splat(1), tail), f64x2.lt(x, f64x2.splat(0)));
}

function densityOf(x: v128): v128 {
  return exponential(f64x2.mul(f64x2.mul(x, x), f64x2.splat(-0.5)));
}

/** One activation of two numbers in double precision. */
function valueOf(kind: i32, x: v128): v128 {
  switch (kind) {
    case tanh:
      return hyperbolicTangent(x);
    case sigmoid:
      return logistic(x);
    case elu:
      return v128.bitselect(x, exponentialLessOne(x), f64x2.gt(x, f64x2.splat(0)));
    case selu: {
      const below = f64x2.mul(exponentialLessOne(x), f64x2.splat(seluAlpha));
      return f64x2.mul(v128.bitselect(x, below, f64x2.gt(x, f64x2.splat(0))), f64x2.splat(seluScale));
    }
    case softplus:
      return softened(x);
    case swish:
      return f64x2.mul(x, logistic(x));
    default:
      return f64x2.mul(x, cumulative(x, densityOf(x)));
  }
}

/** The derivative by z at two numbers, from z where the activation is not monotonic, else from the result h. */
function slopeOf(kind: i32, z: v128, h: v128): v128 {
  const one = f64x2.splat(1);
  switch (kind) {
    case tanh:
      return f64x2.sub(one, f64x2.mul(h, h));
    case sigmoid:
      return f64x2.mul(h, f64x2.sub(one, h));
    case elu:
      return v128.bitselect(one, f64x2.add(h, one), f64x2.gt(h, f64x2.splat(0)));
    case selu: {
      const below = f64x2.add(h, f64x2.splat(seluScale * seluAlpha));
      return v128.bitselect(f64x2.splat(seluScale), below, f64x2.gt(h, f64x2.splat(0)));
    }
    case softplus:
      return f64x2.neg(exponentialLessOne(f64x2.neg(h)));
    case swish: {
      const s = logistic(z);
      return f64x2.add(s, f64x2.mul(h, f64x2.sub(one, s)));
    }
    default: {
      const density = densityOf(z);
      const rise = f64x2.mul(f64x2.mul(z, density), f64x2.splat(inverseSqrt2Pi));
      return f64x2.add(cumulative(z, density), rise);
    }
  }
}

// @ts-ignore: decorator
@inline
function lowHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
function highHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1));
}

// @ts-ignore: decorator
@inline
function joined(low: v128, high: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** h = activation(z) for `length` numbers, a multiple of 4; h may be z. */
export function activate(kind: i32, z: usize, h: usize, length: usize): void {
  const end = z + length * 4;
  if (kind == relu) {
    const zero = f32x4.splat(0);
    for (; z < end; z += 16, h += 16) v128.store(h, f32x4.pmax(v128.load(z), zero));
    return;
  }
  if (kind == linear) {
    if (h != z) memory.copy(h, z, length * 4);
    return;
  }
  for (; z < end; z += 16, h += 16) {
    const x = v128.load(z);
    v128.store(h, joined(valueOf(kind, lowHalf(x)), valueOf(kind, highHalf(x))));
  }
}

/** d *= the activation's derivative, for `length` numbers, a multiple of 4. */
export function multiplyByDerivative(kind: i32, z: usize, h: usize, d: usize, length: usize): void {
  const end = d + length * 4;
  if (kind == relu) {
    const zero = f32x4.splat(0);
    for (; d < end; d += 16, h += 16) v128.store(d, v128.and(v128.load(d), f32x4.gt(v128.load(h), zero)));
    return;
  }
  if (kind == linear) return;
  for (; d < end; d += 16, h += 16, z += 16) {
    const zs = v128.load(z);
    const hs = v128.load(h);
    const low = slopeOf(kind, lowHalf(zs), lowHalf(hs));
    const high = slopeOf(kind, highHalf(zs), highHalf(hs));
    v128.store(d, f32x4.mul(v128.load(d), joined(low, high)));
  }
}

/** Zeroes the columns from `units` on: rows are padded to a multiple of 4, and some activations are not 0 at 0. */
export function clearPadding(h: usize, rows: usize, units: usize, padded: usize): void {
  const from = units * 4;
  const width = padded * 4;
  for (let i: usize = 0; i < rows; i++, h += width) memory.fill(h + from, 0, width - from);
}
