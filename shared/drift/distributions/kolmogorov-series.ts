/** Σ over half-integers k + ½ of f(π²(k + ½)²) · exp(-π²(k + ½)² / 2z²), both signs. */
function overHalfIntegers(z: number, polynomial: (u: number) => number): number {
  let sum = 0;
  for (let k = 0; k < 200; k++) {
    const u = (Math.PI * (k + 0.5)) ** 2;
    const weight = Math.exp(-u / (2 * z * z));
    if (weight === 0) break;
    sum += 2 * polynomial(u) * weight;
  }
  return sum;
}

/** The same over whole k. */
function overIntegers(z: number, polynomial: (u: number) => number): number {
  let sum = 0;
  for (let k = 1; k < 200; k++) {
    const u = (Math.PI * k) ** 2;
    const weight = Math.exp(-u / (2 * z * z));
    if (weight === 0) break;
    sum += 2 * polynomial(u) * weight;
  }
  return sum;
}

/**
 * P(D < x) for one sample of n rows by the expansion of Pelz and Good in 1/√n: Kolmogorov's limit and three
 * corrections. Exact to about 1e-5 at n = 140 and 1e-9 from n = 10,000 on.
 *
 * Pelz and Good, "Approximating the lower tail-areas of the Kolmogorov-Smirnov one-sample statistic", 1976; as set out
 * in Simard and L'Ecuyer, "Computing the two-sided Kolmogorov-Smirnov distribution", 2011, section 2.4.
 */
export function pelzGood(n: number, x: number): number {
  const z = x * Math.sqrt(n);
  if (z < 0.042) return 0;
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const root = Math.sqrt(Math.PI / 2);
  const k0 = (root / z) * overHalfIntegers(z, () => 1);
  const k1 = (root / (6 * z4)) * overHalfIntegers(z, (u) => u - z2);
  const k2 =
    (root / (72 * z6 * z)) *
      overHalfIntegers(z, (u) => 6 * z6 + 2 * z4 + u * (2 * z4 - 5 * z2) + u * u * (1 - 2 * z2)) -
    (root / (36 * z2 * z)) * overIntegers(z, (u) => u);
  const k3 =
    (root / (6480 * z6 * z4)) *
      overHalfIntegers(
        z,
        (u) =>
          u ** 3 * (5 - 30 * z2) +
          u * u * (-60 * z2 + 212 * z4) +
          u * (135 * z4 - 96 * z6) -
          30 * z6 -
          90 * z4 * z4,
      ) +
    (root / (216 * z6)) * overIntegers(z, (u) => u * (3 * z2 - u));
  return k0 + k1 / Math.sqrt(n) + k2 / n + k3 / n ** 1.5;
}
