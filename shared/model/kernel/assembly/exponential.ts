// Exponential and logarithm in double precision, two lanes at a time, from additions, multiplications and divisions
// alone: WebAssembly defines those to the bit, and has no functions of its own that a machine could round otherwise.

const log2e: f64 = 1.4426950408889634;
/** ln 2 in two parts (fdlibm's): a whole number times the first is exact. */
const ln2High: f64 = 6.93147180369123816490e-1;
const ln2Low: f64 = 1.90821492927058770002e-10;
/** 1.5 · 2^52: adding it leaves the nearest whole number in the lowest bits. */
const rounding: f64 = 6755399441055744;
const sqrt2: f64 = 1.4142135623730951;

/** Beyond these the result is 0 or infinite in single precision. */
const lowest: f64 = -110;
const highest: f64 = 110;

/**
 * exp(x) - less, for `less` of 0 or 1, which stays exact near x = 0. x = n·ln 2 + r with |r| ≤ ln 2 / 2; the series of
 * exp(r) - 1 to the ninth power: relative error below 3e-11. NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
function exponentialLess(given: v128, less: f64): v128 {
  const x = f64x2.pmin(f64x2.pmax(given, f64x2.splat(lowest)), f64x2.splat(highest));
  const k = f64x2.add(f64x2.mul(x, f64x2.splat(log2e)), f64x2.splat(rounding));
  const n = f64x2.sub(k, f64x2.splat(rounding));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, f64x2.splat(ln2High))), f64x2.mul(n, f64x2.splat(ln2Low)));
  let p = f64x2.splat(1.0 / 362880.0);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 40320.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 5040.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 720.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 120.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 24.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 6.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
  p = f64x2.add(r, f64x2.mul(f64x2.mul(r, r), p));
  const scale = i64x2.shl(i64x2.add(k, i64x2.splat(1023)), 52);
  return f64x2.add(f64x2.mul(scale, p), f64x2.sub(scale, f64x2.splat(less)));
}

/** exp(x). */
export function exponential(x: v128): v128 {
  return exponentialLess(x, 0);
}

/** exp(x) - 1. */
export function exponentialLessOne(x: v128): v128 {
  return exponentialLess(x, 1);
}

/** 2·artanh(s) for |s| ≤ 0.1716: the series to s^13, relative error below 2e-12. */
// @ts-ignore: decorator
@inline
function twiceArtanh(s: v128): v128 {
  const z = f64x2.mul(s, s);
  let p = f64x2.splat(2.0 / 13.0);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 11.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 9.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 7.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 5.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 3.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0));
  return f64x2.mul(s, p);
}

/** log(1 + e) for e in [0, 1]. */
export function logarithmOfOnePlus(e: v128): v128 {
  const large = f64x2.gt(e, f64x2.splat(sqrt2 - 1.0));
  const halved = f64x2.mul(f64x2.sub(e, f64x2.splat(1)), f64x2.splat(0.5));
  const f = v128.bitselect(halved, e, large);
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2)));
  return f64x2.add(twiceArtanh(s), v128.and(f64x2.splat(ln2High + ln2Low), large));
}

/** log(x) for a normal, positive x; what is not finite stays as it is. */
export function logarithm(x: f64): f64 {
  if (!isFinite(x)) return x;
  let bits = reinterpret<i64>(x);
  let exponent = (bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > sqrt2) {
    mantissa *= 0.5;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const n = <f64>exponent;
  return n * ln2High + (f64x2.extract_lane(twiceArtanh(f64x2.splat(s)), 0) + n * ln2Low);
}

/** One number's exponential. */
export function exponentialOf(x: f64): f64 {
  return f64x2.extract_lane(exponential(f64x2.splat(x)), 0);
}
