/** ln 0! … ln 15!, where the series below is not yet exact. */
const small = Float64Array.from({ length: 16 }, (_, n) => {
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return Math.log(product);
});

/**
 * ln Γ(x) for x > 0: Stirling's series from x = 16 on, below by Γ(x + 1) = x Γ(x). Relative error about 1e-15
 * (Abramowitz and Stegun, 6.1.41).
 */
export function logGamma(x: number): number {
  let shift = 1;
  let z = x;
  while (z < 16) shift *= z++;
  const inverse = 1 / (z * z);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(shift);
}

/** ln n! for a whole n ≥ 0. */
export function logFactorial(n: number): number {
  return n < small.length ? small[n]! : logGamma(n + 1);
}
