/** 2/√π, the slope of erf at 0. */
const slope = 1.1283791670955126;

const pointsPerUnit = 16;
const largest = 6;

/** erf at k/16: its Maclaurin series 2/√π · exp(-x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)), whose terms are all positive. */
const table = Float64Array.from({ length: largest * pointsPerUnit + 1 }, (_, k) => {
  const x = k / pointsPerUnit;
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return slope * Math.exp(-x * x) * sum;
});

/**
 * The error function, by Taylor's fifth-order expansion around the nearest table point; absolute error below 1e-9. For
 * activations, value by value: `normalCumulative` is exact to 1e-15 and takes twice as long.
 */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (!(a < largest)) return Number.isNaN(x) ? x : Math.sign(x);
  const k = Math.round(a * pointsPerUnit);
  const c = k / pointsPerUnit;
  const h = a - c;
  const s = c * c;
  const fifth = (16 * s * s - 48 * s + 12) / 120;
  const fourth = (c * (12 - 8 * s)) / 24;
  const third = (4 * s - 2) / 6;
  const rise = h * (1 + h * (-c + h * (third + h * (fourth + h * fifth))));
  const value = table[k]! + slope * Math.exp(-s) * rise;
  return x < 0 ? -value : value;
}
