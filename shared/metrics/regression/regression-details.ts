// The metrics of regressions, a file each (formula and source stand in the descriptors), and what a report shows of
// errors.
import { quantileSorted } from '../../algebra/descriptive-statistics.ts';
import type { Random } from '../../platform/random.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { RegressionPredictions } from '../rows/predictions.ts';

const mostPoints = 500;
const shares = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/** Predicted against actual, at most 500 rows drawn by seed, and the quantiles of actual − predicted. */
export function regressionDetails(
  { actual, predicted }: RegressionPredictions,
  random: Random,
): Pick<Evaluation, 'scatter' | 'residuals'> {
  const all = Uint32Array.from({ length: actual.length }, (_, row) => row);
  const chosen = all.length > mostPoints ? random.shuffle(all).subarray(0, mostPoints).sort() : all;
  const residuals = actual.map((value, row) => value - predicted[row]!).sort();
  return {
    scatter: Array.from(chosen, (row): [number, number] => [actual[row]!, predicted[row]!]),
    residuals: {
      probabilities: [...shares],
      quantiles: shares.map((share) => quantileSorted(residuals, share)),
    },
  };
}
