import { normalCumulative, normalDensity } from '../../algebra/normal-distribution.ts';

/** The newest rows that have a label by now, as one of many windows that are looked at while a version lives. */
export interface ScanPlace {
  /** Chance that the scan is ever wrong: over all windows of all looks, however many. */
  readonly alpha: number;
  /** Rows of the evaluation. */
  readonly reference: number;
  /** Rows of the shortest window. */
  readonly fewest: number;
  /** Rows of this window, and all labelled rows by now; effective ones where rows depend on each other. */
  readonly rows: number;
  readonly seen: number;
}

/** A window is never judged by less than a single look at it would be. */
const leastWidth = 1.645;
const mostWidth = 9;

/**
 * How many standard errors a window's figure must be worse for the scan to say so, if it is to be wrong with at most `alpha`
 * in the whole life of a version: docs/adr/0029.
 *
 * A window of w rows that slides by w rows has a maximum above k with the chance k φ(k) (its correlation falls by a line;
 * Pickands 1969), so a length has k φ(k) dN / w to spend where N rows are there. Of `alpha` each doubling of the information
 * about the difference, n m / (n + m), has the same part, since it starts at `fewest` rows and can never exceed the
 * evaluation's m; of a length's part 1 / (N / w)² is spent at N, which over all N is the whole.
 */
export function scanWidth({ alpha, reference, fewest, rows, seen }: ScanPlace): number {
  const lengths = 1 + Math.log2(1 + reference / Math.max(1, fewest));
  const spent = alpha / (lengths * Math.max(1, seen / rows) ** 2);
  let [low, high] = [leastWidth, mostWidth];
  if (low * normalDensity(low) <= spent) return low;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return high;
    if (middle * normalDensity(middle) > spent) low = middle;
    else high = middle;
  }
}

/** The confidence of a two-sided interval that is so many standard errors long on either side. */
export function confidenceOf(width: number): number {
  return 1 - 2 * normalCumulative(-width);
}
