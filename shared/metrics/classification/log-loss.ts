import { meanLoss } from './probabilities.ts';

/**
 * Logarithmic loss, natural logarithm.
 *
 * Probabilities are clipped, so that one row costs at most 36.04.
 *
 * @example p of the actual class 0.5, 0.25: (ln 2 + ln 4) / 2 = 1.04
 */
export const logLoss = meanLoss('log-loss', ({ probabilities }) => (start, happened) => {
  const p = probabilities![start + happened]!;
  return -Math.log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
});
