import { chiSquaredSurvival } from '../distributions/chi-squared-distribution.ts';
import { type CellPair, rowsOf, sumOf } from '../samples/cell-pair.ts';

/** Pearson's chi-squared test of homogeneity of two samples. */
export interface ContingencyTest {
  readonly value: number;
  /** Asymptotic, from the chi-squared distribution. */
  readonly p: number;
  /** Cells with a row, less one. */
  readonly degrees: number;
  /** The smallest count that a cell of either sample would have if both were of one distribution. */
  readonly leastExpected: number;
}

/** How the statistic is computed. */
export interface ChiSquaredOptions {
  /** Yates' correction for continuity, only for two cells. */
  readonly yates?: boolean;
}

/** How many cells have a row in either sample. */
export function cellsUsed({ reference, current }: CellPair): number {
  let used = 0;
  for (let i = 0; i < reference.length; i++) used += Number(reference[i]! + current[i]! > 0);
  return used;
}

/** The smallest expected count of a table of two samples. */
function leastExpected(pair: CellPair): number {
  const rows = rowsOf(pair);
  const smaller = Math.min(rows.reference, rows.current) / (rows.reference + rows.current);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < pair.reference.length; i++) {
    const all = pair.reference[i]! + pair.current[i]!;
    if (all > 0) least = Math.min(least, all * smaller);
  }
  return least;
}

/**
 * The same samples with those cells put together in which fewer rows than `least` are expected in the smaller sample. Which
 * they are follows from the pooled counts, so that a test of what is left keeps its level.
 */
export function withRareTogether(pair: CellPair, least: number): CellPair {
  const rows = rowsOf(pair);
  const bar = (least * (rows.reference + rows.current)) / Math.min(rows.reference, rows.current);
  const order = Array.from(pair.reference, (count, i) => ({ i, rows: count + pair.current[i]! }))
    .filter((cell) => cell.rows > 0)
    .sort((a, b) => a.rows - b.rows);
  let together = 0;
  let next = 0;
  // The smallest go together until they are enough and the next is enough by itself.
  while (next < order.length && (order[next]!.rows < bar || (together > 0 && together < bar))) {
    together += order[next++]!.rows;
  }
  const frequent = order.slice(next).map(({ i }) => i);
  const cells = (counts: Float64Array): Float64Array => {
    const own = frequent.map((i) => counts[i]!);
    return Float64Array.of(...own, sumOf(counts) - own.reduce((sum, count) => sum + count, 0));
  };
  return { reference: cells(pair.reference), current: cells(pair.current) };
}

/** Wraps a statistic of a 2 × k table in its asymptotic test. */
export function contingencyTest(pair: CellPair, value: number): ContingencyTest {
  const degrees = cellsUsed(pair) - 1;
  return { value, p: chiSquaredSurvival(value, degrees), degrees, leastExpected: leastExpected(pair) };
}

/**
 * Pearson's chi-squared test of homogeneity: are two samples of one distribution over the same cells? Both samples'
 * chance is counted, unlike in a goodness-of-fit test that takes the reference for the truth.
 *
 * Pearson, 1900 and 1911. scipy: `contingency.chi2_contingency([reference, current], correction=False)`.
 *
 * @example counts 16, 18, 16, 14, 12, 12 and 16, 16, 16, 16, 16, 8: 1.622, p = 0.899
 */
export function chiSquared(pair: CellPair, { yates = false }: ChiSquaredOptions = {}): ContingencyTest {
  const rows = rowsOf(pair);
  const all = rows.reference + rows.current;
  const corrected = yates && cellsUsed(pair) === 2;
  let value = 0;
  for (let i = 0; i < pair.reference.length; i++) {
    const cell = pair.reference[i]! + pair.current[i]!;
    if (cell === 0) continue;
    const expected = (cell * rows.reference) / all;
    const distance = Math.abs(pair.reference[i]! - expected);
    const counted = corrected ? distance - Math.min(0.5, distance) : distance;
    value += counted * counted * (1 / expected + all / (cell * rows.current));
  }
  return contingencyTest(pair, value);
}
