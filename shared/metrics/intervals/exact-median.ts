import { normalQuantile } from '../../algebra/normal-distribution.ts';
import type { Ends } from './exact-share.ts';

/**
 * The interval of a median between two of the sorted values: how many values lie below the median is binomial with
 * chance ½, whatever the distribution (David and Nagaraja, "Order Statistics", 2003, section 7.1). It covers at least as
 * often as declared.
 *
 * @param sorted ascending; at least one.
 * @returns undefined where even the least and the greatest value do not reach the confidence: of fewer than six values at 95%.
 */
export function exactMedian(sorted: Float64Array, confidence: number): Ends | undefined {
  const rows = sorted.length;
  const tail = (1 - confidence) / 2;
  // The chance of at most k values below the median, term by term; far fewer than half of very many underflow to 0.
  let term = Math.exp(-rows * Math.LN2);
  if (term === 0) return normalRanks(sorted, confidence);
  let below = term;
  let k = 0;
  if (below > tail) return undefined;
  for (;;) {
    term *= (rows - k) / (k + 1);
    if (below + term > tail) break;
    below += term;
    k++;
  }
  return { low: sorted[k]!, high: sorted[rows - 1 - k]! };
}

/** Of more rows than 2^-rows can be written for: the same ranks by the normal distribution, one further out. */
function normalRanks(sorted: Float64Array, confidence: number): Ends {
  const rows = sorted.length;
  const reach = (normalQuantile((1 + confidence) / 2) * Math.sqrt(rows)) / 2;
  const k = Math.max(0, Math.floor(rows / 2 - reach) - 1);
  return { low: sorted[k]!, high: sorted[rows - 1 - k]! };
}
