// The metrics of regressions, a file each (formula and source stand in the descriptors), and what a report shows of
// errors.
import { ascendingOrder } from '../../algebra/ascending-order.ts';
import { ascendingValues } from '../../algebra/ascending-values.ts';
import { quantileSorted } from '../../algebra/descriptive-statistics.ts';
import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { Random } from '../../platform/random.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { RegressionRows } from '../rows/judged-rows.ts';

const mostPoints = 500;
const shares = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/**
 * Predicted against actual, at most 500 rows drawn by seed, and the quantiles of actual − predicted. An evaluation is
 * published, so that actual values stand in it as the means of at least five neighbours; fewer rows than that give none.
 */
export function regressionDetails(
  { actual, predicted, sortedErrors }: RegressionRows,
  random: Random,
): Pick<Evaluation, 'scatter' | 'residuals'> {
  const all = new Uint32Array(actual.length);
  for (let row = 0; row < all.length; row++) all[row] = row;
  const chosen = all.length > mostPoints ? random.shuffle(all).subarray(0, mostPoints).sort() : all;
  const residuals = sortedErrors();
  const shown = neighbourMeans(
    actual,
    Float64Array.from(chosen, (row) => actual[row]!),
  );
  return {
    ...(shown
      ? { scatter: Array.from(chosen, (row, i): [number, number] => [shown[i]!, predicted[row]!]) }
      : {}),
    residuals: {
      probabilities: [...shares],
      quantiles: shares.map((share) => quantileSorted(residuals, share)),
    },
  };
}

/**
 * Some of the values, each as it is, or as the mean of its group where fewer than five rows have it: neighbours by size, at
 * least five, equal ones together. Undefined for fewer than five values.
 */
function neighbourMeans(values: Float64Array, some: Float64Array): Float64Array | undefined {
  if (values.length < fewestPublishedRows) return undefined;
  const sorted = ascendingValues(values);
  const means = new Float64Array(some.length);
  const order = ascendingOrder(some);
  let at = 0;
  for (const [start, end] of groupsOf(sorted)) {
    const [first, last] = [sorted[start]!, sorted[end - 1]!];
    if (at === order.length) break;
    if (some[order[at]!]! > last) continue;
    let sum = 0;
    for (let i = start; i < end; i++) sum += (sorted[i]! - first) / (end - start);
    const mean = first === last ? first : first + sum;
    for (; at < order.length && some[order[at]!]! <= last; at++) means[order[at]!] = mean;
  }
  return means;
}

/** Where groups of at least five sorted values start and end, equal ones together. */
function* groupsOf(sorted: Float64Array): Generator<readonly [number, number]> {
  let start = 0;
  for (let end = fewestPublishedRows; end <= sorted.length - fewestPublishedRows; end++) {
    if (end - start < fewestPublishedRows || sorted[end] === sorted[end - 1]) continue;
    yield [start, end];
    start = end;
  }
  yield [start, sorted.length];
}
