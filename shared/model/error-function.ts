/**
 * The error function, by its Maclaurin series below 2.5 and its continued fraction above (Abramowitz and
 * Stegun 7.1.6 and 7.1.14); relative error below 1e-12.
 */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (!(a < 6)) return Number.isNaN(x) ? x : Math.sign(x);
  const value = a < 2.5 ? series(a) : 1 - fraction(a);
  return x < 0 ? -value : value;
}

/** 2/√π · exp(-a²) · Σ 2ⁿ a²ⁿ⁺¹ / (1·3·…·(2n+1)): all terms positive, nothing cancels. */
function series(a: number): number {
  const square = a * a;
  let term = a;
  let sum = a;
  for (let n = 1; term > sum * 1e-16; n++) {
    term *= (2 * square) / (2 * n + 1);
    sum += term;
  }
  return 1.1283791670955126 * Math.exp(-square) * sum;
}

/** erfc(a) from the bottom of its continued fraction, 60 levels. */
function fraction(a: number): number {
  let tail = a;
  for (let k = 60; k >= 1; k--) tail = a + k / 2 / tail;
  return Math.exp(-a * a) / (tail * 1.7724538509055159);
}
