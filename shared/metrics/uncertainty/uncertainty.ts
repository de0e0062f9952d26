// How far off one prediction is, learned from the judged rows: intervals, errors by size, calibrated probabilities.
import type { Uncertainty } from '../evaluation/prediction-facts.ts';
import type { RegressionRows } from '../rows/judged-rows.ts';

/** In percent, so that the rank of a residual is a division of whole numbers. */
const levels = [50, 80, 90, 95];

/**
 * How far off predictions are, by split-conformal prediction: a prediction ± the half-width of a level holds the truth
 * of a new row with at least that probability, whatever the model and the distribution are, as long as the new row comes
 * from where the judged ones come from and the model has seen neither. Of n residuals it is the ⌈(n + 1) · level⌉-th
 * smallest size; where that is more than n, no finite width can promise the level and it is null.
 *
 * Lei, G'Sell, Rinaldo, Tibshirani and Wasserman, "Distribution-free predictive inference for regression", 2018.
 *
 * @param judged finite, of rows that the model was not fitted on; at least one. Half-widths are in the target's unit.
 */
export function uncertaintyOf(judged: RegressionRows): Uncertainty {
  const sizes = judged.sortedSizes();
  const rows = sizes.length;
  return {
    rows,
    intervals: levels.map((percent) => {
      const rank = Math.ceil(((rows + 1) * percent) / 100);
      return { level: percent / 100, halfWidth: rank > rows ? null : sizes[rank - 1]! };
    }),
  };
}
