// Exponential and logarithm in plain arithmetic. `Math.exp` and `Math.log` may differ in the last bit between engines
// and processors (the standard leaves their precision open, and compilers fuse their multiplications on some); these
// use only operations that IEEE 754 rounds exactly, so that they give the same bits wherever they run.

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/** 2^-1074 … 2^1023, each exact. */
const powersOfTwo = (() => {
  const powers = new Float64Array(2098);
  powers[1074] = 1;
  for (let k = 1075; k < powers.length; k++) powers[k] = powers[k - 1]! * 2;
  for (let k = 1073; k >= 0; k--) powers[k] = powers[k + 1]! / 2;
  return powers;
})();

/**
 * e^x, to within one unit in the last place. The method and its constants are fdlibm's (Sun Microsystems 1993,
 * e_exp.c): x = k·ln 2 + r, and a rational approximation of e^r.
 *
 * @example exponential(1) // 2.718281828459045
 */
export function exponential(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.13321910194122) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  // Two factors: 2^1024 is no number, and a result below 2^-1022 is to be rounded once.
  const half = k >> 1;
  return y * powersOfTwo[half + 1074]! * powersOfTwo[k - half + 1074]!;
}

/**
 * The natural logarithm, to within one unit in the last place: fdlibm's e_log.c with x = 2^k·(1 + f).
 *
 * @returns NaN below 0, -Infinity at 0.
 * @example logarithm(Math.E) // 1
 */
export function logarithm(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = exponentOf(x);
  let mantissa = scaledDown(x, k);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    k++;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const r = even + odd;
  const half = 0.5 * f * f;
  return k * ln2High - (half - (s * (half + r) + k * ln2Low) - f);
}

/** The largest k with 2^k ≤ x, by bisection over the table; sums of a few probabilities' ratios are found at once. */
function exponentOf(x: number): number {
  if (x >= 1 && x < 16) return x < 4 ? (x < 2 ? 0 : 1) : x < 8 ? 2 : 3;
  let low = 0;
  let high = powersOfTwo.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (powersOfTwo[middle]! <= x) low = middle;
    else high = middle - 1;
  }
  return low - 1074;
}

/** x·2^-k, in two factors that are both numbers. */
function scaledDown(x: number, k: number): number {
  const half = k >> 1;
  return x / powersOfTwo[half + 1074]! / powersOfTwo[k - half + 1074]!;
}
