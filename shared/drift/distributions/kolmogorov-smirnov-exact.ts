/** Lattice points above which the walk is not worth its 30 ms: there the asymptotic p-value is within 0.5 % of it. */
const mostPoints = 4e6;

/** Rows above which the closed form is not evaluated. */
const longestProduct = 5e6;

interface Sizes {
  readonly reference: number;
  readonly current: number;
}

/** The greatest common divisor of two whole numbers, by Euclid's algorithm. */
export function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/**
 * Equal sizes: 2 Σ (-1)^(k-1) C(2n, n - kh) / C(2n, n), by reflection (Gnedenko and Korolyuk, 1951). The ratio's
 * factors run through, so that no term needs a factorial.
 */
function equalSizes(n: number, h: number): number {
  let ratio = 1;
  let sum = 0;
  let sign = 1;
  for (let j = 1; j <= n && ratio > 1e-320; j++) {
    ratio *= (n - j + 1) / (n + j);
    if (j % h !== 0) continue;
    sum += sign * ratio;
    sign = -sign;
    if (ratio < sum * 1e-18) break;
  }
  return Math.min(1, 2 * sum);
}

/**
 * Walks over the lattice of n × m steps; all orders of the pooled rows are equally likely. Of the chance to be at each
 * point without having left the band |i/n - j/m| < d, what steps outside adds up to the p-value, so that small ones
 * keep their digits.
 */
function walk(n: number, m: number, h: number, g: number): number {
  const up = m / g;
  const right = n / g;
  const rows = n + m;
  const chances = new Float64Array(m + 2);
  let outside = 0;
  let first = 0;
  chances[0] = 1;
  for (let i = 0; i <= n; i++) {
    const from = Math.max(0, Math.floor((i * up - h) / right) + 1);
    const to = Math.min(m, Math.ceil((i * up + h) / right) - 1);
    for (let j = first; j < from; j++) {
      outside += (chances[j]! * (n - i + 1)) / (rows - i + 1 - j);
      chances[j] = 0;
    }
    for (let j = from; j <= to; j++) {
      const across = i === 0 ? Number(j === 0) : (chances[j]! * (n - i + 1)) / (rows - i + 1 - j);
      const along = j > from ? (chances[j - 1]! * (m - j + 1)) / (rows - i - j + 1) : 0;
      chances[j] = across + along;
    }
    if (to < m) outside += (chances[to]! * (m - to)) / (rows - i - to);
    first = from;
  }
  return Math.min(1, outside);
}

/**
 * The exact p-value of the two-sample Kolmogorov-Smirnov distance: the share of all orders of the pooled rows whose
 * distance is as large. It holds for values without ties and is too large (safe) with them.
 *
 * Hodges, "The significance probability of the Smirnov two-sample test", 1958. scipy: `ks_2samp(method="exact")`.
 *
 * @returns undefined where it would take too long: from about 10,000 rows a side on when the sizes differ.
 */
export function exactKolmogorovSmirnov(distance: number, { reference, current }: Sizes): number | undefined {
  const n = Math.max(reference, current);
  const m = Math.min(reference, current);
  const g = greatestDivisor(n, m);
  const common = (n / g) * m;
  if (common > Number.MAX_SAFE_INTEGER / 8) return undefined;
  const h = Math.round(distance * common);
  if (h === 0) return 1;
  if (n === m) return n <= longestProduct ? equalSizes(n, h) : undefined;
  const points = n * Math.min(m + 1, 2 * distance * m + 1);
  return points <= mostPoints ? walk(n, m, h, g) : undefined;
}
