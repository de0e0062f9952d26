import { mean, quantileSorted } from '../../algebra/descriptive-statistics.ts';
import { normalCumulative, normalQuantile } from '../../algebra/normal-distribution.ts';
import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Estimate } from './estimate.ts';

/** The ends of a confidence interval, or why there is none. */
export type IntervalResult = { readonly low: number; readonly high: number } | { readonly undefined: string };

/** How an interval is computed from an estimate. */
export type IntervalSettings = Pick<ValidateConfig['bootstrap'], 'confidence' | 'method'>;

/** Share of resamples in which a metric may be undefined; they are left out of its interval. */
const mostUndefined = 0.1;

/**
 * The bootstrap confidence interval of an estimate.
 *
 * `percentile`: the (1 ± confidence)/2 quantiles of the resamples' values. `bca`: quantiles moved for the bias and the
 * skewness of the estimate (bias-corrected and accelerated: Efron, "Better Bootstrap Confidence Intervals", 1987;
 * Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 14.3), the acceleration from the jackknife.
 *
 * Resamples in which the metric is undefined (one class only) are left out; where they are more than one in ten there
 * is no interval.
 */
export function intervalOf(estimate: Estimate, settings: IntervalSettings): IntervalResult {
  const { value, replicates } = estimate;
  if (!('value' in value)) return value;
  const sorted = replicates.filter((replicate) => !Number.isNaN(replicate)).sort();
  const lost = replicates.length - sorted.length;
  if (lost > replicates.length * mostUndefined) {
    return { undefined: `it is undefined in ${lost} of ${replicates.length} resamples` };
  }
  const tails = [(1 - settings.confidence) / 2, (1 + settings.confidence) / 2] as const;
  const [low, high] =
    settings.method === 'bca' ? acceleratedTails(tails, sorted, value.value, estimate.jackknife) : tails;
  return { low: quantileSorted(sorted, low), high: quantileSorted(sorted, high) };
}

/** The probabilities of the quantiles that BCa takes instead of the nominal ones. */
function acceleratedTails(
  tails: readonly [number, number],
  sorted: Float64Array,
  value: number,
  jackknife: Float64Array,
): [number, number] {
  const bias = normalQuantile(shareBelow(sorted, value));
  const acceleration = accelerationOf(jackknife);
  const moved = (tail: number) => {
    const shifted = bias + normalQuantile(tail);
    return normalCumulative(bias + shifted / (1 - acceleration * shifted));
  };
  return [moved(tails[0]), moved(tails[1])];
}

/**
 * The share of resamples below the value, ties counting half, as scipy's. Kept half a resample away from 0 and 1,
 * whose normal quantiles are infinite: a maximum is never below its resamples.
 */
function shareBelow(sorted: Float64Array, value: number): number {
  let below = 0;
  let ties = 0;
  for (const replicate of sorted) {
    if (replicate < value) below++;
    else if (replicate === value) ties++;
  }
  const edge = 0.5 / sorted.length;
  return Math.min(Math.max((below + ties / 2) / sorted.length, edge), 1 - edge);
}

/** Σ d³ / 6 (Σ d²)^1.5, d the jackknife values' mean less each; 0 where leaving rows out changes nothing. */
function accelerationOf(jackknife: Float64Array): number {
  const values = jackknife.filter((value) => !Number.isNaN(value));
  if (values.length === 0) return 0;
  const centre = mean(values);
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const distance = centre - value;
    squares += distance ** 2;
    cubes += distance ** 3;
  }
  // Differences below the last bits of the values are rounding, not skewness.
  return squares > (centre * 2 ** -48) ** 2 * values.length ? cubes / (6 * squares ** 1.5) : 0;
}
