import { betaQuantile } from '../../algebra/beta-distribution.ts';

/** Both ends of an interval. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/**
 * The exact interval of a share (Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of
 * the binomial", 1934): it covers at least as often as declared, whatever the share and however few rows. Of rows without
 * an error it ends at 1 and still has a width. statsmodels: `proportion_confint(method="beta")`.
 *
 * @example exactShare(40, 40, 0.95) // { low: 0.9119, high: 1 }
 */
export function exactShare(hits: number, rows: number, confidence: number): Ends {
  const tail = (1 - confidence) / 2;
  return {
    low: hits === 0 ? 0 : betaQuantile(tail, hits, rows - hits + 1),
    high: hits === rows ? 1 : betaQuantile(1 - tail, hits + 1, rows - hits),
  };
}
