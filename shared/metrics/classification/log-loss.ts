import { weightedMean } from '../metric/mean-of-rows.ts';
import { probabilityMetric } from './probabilities.ts';

/**
 * Logarithmic loss, natural logarithm.
 *
 * Probabilities are clipped, so that one row costs at most 36.04.
 *
 * @example p of the actual class 0.5, 0.25: (ln 2 + ln 4) / 2 = 1.04
 */
export const logLoss = probabilityMetric('log-loss', (rows, probabilities) => {
  const width = rows.classes.length;
  const losses = new Float64Array(rows.count);
  for (let i = 0; i < losses.length; i++) {
    const p = probabilities[i * width + rows.actual[i]!]!;
    losses[i] = -Math.log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
  }
  return weightedMean(losses);
});
