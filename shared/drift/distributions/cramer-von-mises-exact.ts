import { greatestDivisor } from './kolmogorov-smirnov-exact.ts';

/** How many orders of the rows have each value of the sum, ascending. */
interface Frequencies {
  readonly sums: Float64Array;
  readonly orders: Float64Array;
}

/** Adds two tables of frequencies and moves them by a step's square. */
function merge(a: Frequencies | undefined, b: Frequencies | undefined, step: number): Frequencies {
  const left = a ?? { sums: new Float64Array(), orders: new Float64Array() };
  const right = b ?? { sums: new Float64Array(), orders: new Float64Array() };
  const most = left.sums.length + right.sums.length;
  const sums = new Float64Array(most);
  const orders = new Float64Array(most);
  let size = 0;
  for (let i = 0, j = 0; i < left.sums.length || j < right.sums.length; size++) {
    const x = i < left.sums.length ? left.sums[i]! : Number.POSITIVE_INFINITY;
    const y = j < right.sums.length ? right.sums[j]! : Number.POSITIVE_INFINITY;
    sums[size] = Math.min(x, y) + step;
    if (x <= y) orders[size]! += left.orders[i++]!;
    if (y <= x) orders[size]! += right.orders[j++]!;
  }
  return { sums: sums.subarray(0, size), orders: orders.subarray(0, size) };
}

/** The frequencies of Σ (i·common/n - j·common/m)² over all paths from (0, 0) to (n, m). */
function pathSums(n: number, m: number, common: number): Frequencies {
  const row: (Frequencies | undefined)[] = new Array<Frequencies | undefined>(m + 1).fill(undefined);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      const step = ((i * common) / n - (j * common) / m) ** 2;
      const start = i === 0 && j === 0;
      row[j] = start
        ? { sums: Float64Array.of(0), orders: Float64Array.of(1) }
        : merge(i > 0 ? row[j] : undefined, j > 0 ? row[j - 1] : undefined, step);
    }
  }
  return row[m]!;
}

/**
 * The exact p-value of the two-sample Cramér-von Mises statistic: the share of all orders of the pooled rows with one
 * as large.
 *
 * Xiao, Gordon and Yakovlev, "A C++ program for the Cramér-von Mises two-sample test", Journal of Statistical Software
 * 17(8), 2007. For up to some 20 rows a side.
 *
 * @param u Anderson's rank statistic.
 */
export function exactCramerVonMises(u: number, n: number, m: number): number {
  const product = n * m;
  const common = product / greatestDivisor(n, m);
  const least = Math.floor(
    (common * common * (n + m) * (6 * u - product * (4 * product - 1))) / (6 * product * product),
  );
  const { sums, orders } = pathSums(n, m, common);
  let all = 0;
  let extreme = 0;
  for (let i = 0; i < sums.length; i++) {
    all += orders[i]!;
    if (sums[i]! >= least) extreme += orders[i]!;
  }
  return extreme / all;
}
