// shared/algebra: only numbers. Linear algebra, distributions and descriptive statistics, which know no table and no model.
import * as statistics from 'simple-statistics';

/** What simple-statistics reads: it declares arrays, and these functions of it need no more than indices and a length. */
type Numbers = ArrayLike<number>;

/**
 * The mean, its sum compensated (Kahan and Babuška, Neumaier): right to the last bit or the one before.
 *
 * @throws Error for no numbers.
 * @example mean([1, 2, 6]) // 3
 */
export const mean = statistics.mean as (values: Numbers) => number;

/**
 * The population standard deviation, √(Σ (x − x̄)² / n).
 *
 * @throws Error for no numbers.
 * @example standardDeviation([1, 3]) // 1
 */
export const standardDeviation = statistics.standardDeviation as (values: Numbers) => number;

/**
 * The sample standard deviation, √(Σ (x − x̄)² / (n − 1)).
 *
 * @throws Error for fewer than two numbers.
 * @example sampleStandardDeviation([1, 3]) // 1.414…
 */
export const sampleStandardDeviation = statistics.sampleStandardDeviation as (values: Numbers) => number;

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
