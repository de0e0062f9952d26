// shared/algebra: numbers alone. Linear algebra, distributions and descriptive statistics, which know no table and no model.
import * as statistics from 'simple-statistics';

/** What simple-statistics reads: it declares arrays, and these functions of it need no more than indices and a length. */
type Numbers = ArrayLike<number>;

/**
 * The quantile of sorted numbers, interpolated linearly between neighbours: numpy's and scipy's default, type 7 of
 * Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996.
 *
 * @param sorted ascending, none missing.
 * @param probability from 0 to 1.
 * @throws Error for no numbers, or another probability.
 * @example quantileSorted([1, 2, 4], 0.75) // 3
 */
export const quantileSorted = statistics.quantileSorted as (sorted: Numbers, probability: number) => number;

/**
 * Pearson's correlation; NaN where one side has a single value.
 *
 * @param a as many numbers as `b`, at least two.
 * @throws Error for other numbers of them.
 * @example sampleCorrelation([1, 2, 3], [2, 4, 7]) // 0.99339…
 */
export const sampleCorrelation = statistics.sampleCorrelation as (a: Numbers, b: Numbers) => number;
