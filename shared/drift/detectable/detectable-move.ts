import { chiSquaredQuantile, noncentralSurvival } from '../distributions/chi-squared-distribution.ts';
import { type CellPair, sumOf } from '../samples/cell-pair.ts';
import { type Bar, smallest, standardNormal80 } from './detectable.ts';

const power = 0.8;

/** The reference's shares with a part of its largest given to the others in proportion. */
function moved(shares: readonly number[], largest: number, part: number): number[] {
  const rest = 1 - shares[largest]!;
  return shares.map((share, i) => (i === largest ? share - part : share * (1 + part / rest)));
}

/**
 * The smallest share of rows that, moving from the most frequent category to the others in proportion, the
 * homogeneity test and the floor of total variation let pass in at least 80 % of windows like this; by the noncentral
 * chi-squared distribution (Cohen, "Statistical power analysis", 1988, chapter 7).
 *
 * @returns undefined where not even all of them moving would be seen.
 */
export function detectableMove(pair: CellPair, bar: Bar): number | undefined {
  const n = sumOf(pair.reference);
  const m = sumOf(pair.current);
  const shares = Array.from(pair.reference, (count) => count / n).filter((share) => share > 0);
  if (shares.length < 2) return detectableNovelty(n, m, bar);
  const largest = shares.indexOf(Math.max(...shares));
  const degrees = shares.length - 1;
  const critical = chiSquaredQuantile(bar.alpha, degrees);
  const seen = (part: number): boolean => {
    const others = moved(shares, largest, part);
    const noncentrality = shares.reduce(
      (sum, p, i) => sum + ((p - others[i]!) ** 2 * n * m) / (p * n + others[i]! * m || 1),
      0,
    );
    return noncentralSurvival(critical, degrees, Math.min(noncentrality, 1e5)) >= power;
  };
  const tested = smallest(seen, shares[largest]!);
  if (tested === undefined) return undefined;
  const spread = Math.sqrt(shares[largest]! * (1 - shares[largest]!) * (1 / n + 1 / m));
  const floored = bar.floor + standardNormal80 * spread;
  return floored > shares[largest]! ? undefined : Math.max(tested, floored);
}

/**
 * Of a column that is constant: the smallest share of current rows with another value that would be seen. With k such
 * rows and none in the reference p is about (m / (n + m))^k.
 */
export function detectableNovelty(n: number, m: number, bar: Bar): number | undefined {
  const rows = Math.ceil(Math.log(bar.alpha) / Math.log(m / (n + m)));
  const seen = (share: number): boolean => {
    const kept = share * m - standardNormal80 * Math.sqrt(share * (1 - share) * m);
    return kept >= rows && kept >= bar.floor * m;
  };
  return smallest(seen, 1);
}
