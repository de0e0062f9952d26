import { weightedMean } from '../metric/mean-of-rows.ts';
import { probabilityMetric } from './probabilities.ts';

/**
 * Brier score: the mean squared distance between the probabilities and what happened.
 *
 * Binary: Σ (p(positive) − [positive])² / n, from 0 (perfect) to 1. Several classes: Σᵢ Σₖ (p(k) − [k])² / n, from 0
 * to 2 (Brier, "Verification of forecasts expressed in terms of probability", 1950). scikit-learn:
 * `brier_score_loss` with its default `scale_by_half="auto"`.
 *
 * @example p(positive) 0.9, 0.4 of two positives: (0.01 + 0.36) / 2 = 0.185
 */
export const brier = probabilityMetric('brier', (rows, probabilities) => {
  const width = rows.classes.length;
  const scores = new Float64Array(rows.count);
  for (let i = 0; i < scores.length; i++) {
    let sum = 0;
    for (let k = rows.task === 'binary' ? 1 : 0; k < width; k++) {
      sum += (probabilities[i * width + k]! - Number(rows.actual[i] === k)) ** 2;
    }
    scores[i] = sum;
  }
  return weightedMean(scores);
});
