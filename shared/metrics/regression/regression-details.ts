// The metrics of regressions, a file each (formula and source stand in the descriptors), and what a report shows of
// errors.
import { ascendingOrder } from '../../algebra/ascending-order.ts';
import { quantileSorted } from '../../algebra/descriptive-statistics.ts';
import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { Random } from '../../platform/random.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { RegressionPredictions } from '../rows/predictions.ts';

const mostPoints = 500;
const shares = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/**
 * Predicted against actual, at most 500 rows drawn by seed, and the quantiles of actual − predicted. An evaluation is
 * published, so that actual values stand in it as the means of at least five neighbours; fewer rows than that give none.
 */
export function regressionDetails(
  { actual, predicted }: RegressionPredictions,
  random: Random,
): Pick<Evaluation, 'scatter' | 'residuals'> {
  const all = Uint32Array.from({ length: actual.length }, (_, row) => row);
  const chosen = all.length > mostPoints ? random.shuffle(all).subarray(0, mostPoints).sort() : all;
  const residuals = actual.map((value, row) => value - predicted[row]!).sort();
  const shown = neighbourMeans(actual);
  return {
    ...(shown
      ? { scatter: Array.from(chosen, (row): [number, number] => [shown[row]!, predicted[row]!]) }
      : {}),
    residuals: {
      probabilities: [...shares],
      quantiles: shares.map((share) => quantileSorted(residuals, share)),
    },
  };
}

/**
 * Each value, or the mean of its group where fewer than five rows have it: neighbours by size, at least five, equal ones
 * together. Undefined for fewer than five values.
 */
function neighbourMeans(values: Float64Array): Float64Array | undefined {
  if (values.length < fewestPublishedRows) return undefined;
  const order = ascendingOrder(values);
  const starts: number[] = [];
  for (let at = 0; at < order.length; at++) {
    const begun = starts.at(-1);
    const isNew = at === 0 || values[order[at]!] !== values[order[at - 1]!];
    if (begun === undefined || (isNew && at - begun >= fewestPublishedRows)) starts.push(at);
  }
  if (order.length - starts.at(-1)! < fewestPublishedRows) starts.pop();
  const means = new Float64Array(values.length);
  for (const [i, start] of starts.entries()) {
    const group = order.slice(start, starts[i + 1] ?? order.length);
    const [first, last] = [values[group[0]!]!, values[group.at(-1)!]!];
    const mean = first + group.reduce((sum, row) => sum + (values[row]! - first) / group.length, 0);
    for (const row of group) means[row] = first === last ? first : mean;
  }
  return means;
}
