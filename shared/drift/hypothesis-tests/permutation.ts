import type { Random } from '../../platform/random.ts';
import { type CellPair, rowsOf } from '../samples/cell-pair.ts';
import { dealRows } from './random-table.ts';

/** Permutations that are as extreme, after which drawing stops: p is then known to a quarter of itself. */
const extremeEnough = 20;

/** How many permutations are drawn, and when drawing stops. */
export interface PermutationOptions {
  readonly random: Random;
  /** Most permutations drawn; the smallest p-value is 1 / (permutations + 1). */
  readonly permutations: number;
  /** As extreme ones after which drawing stops. Default 20. */
  readonly enough?: number;
}

/**
 * A p-value by permutation, drawn only as long as it can still be small (Besag and Clifford, "Sequential Monte Carlo
 * p-values", 1991): after 20 as extreme ones in l draws it is 20 / l. A valid p-value at any number of draws.
 *
 * @param extreme draws a permutation and tells whether its statistic is at least the observed one.
 */
export function sequentialP(
  extreme: () => boolean,
  { permutations, enough = extremeEnough }: Omit<PermutationOptions, 'random'>,
): number {
  let hits = 0;
  for (let drawn = 1; drawn <= permutations; drawn++) {
    if (extreme() && ++hits === enough) return enough / drawn;
  }
  return (hits + 1) / (permutations + 1);
}

/** Where rows depend on each other: fewer of them, which are dealt, and the samples whose distance was observed. */
export interface DealtPair extends CellPair {
  /** Counts of the same cells, which need not be whole; default those that are dealt. */
  readonly observed?: CellPair;
}

/** Cells that have a row. */
function used(pair: CellPair): CellPair {
  const has = (_: number, i: number): boolean => pair.reference[i]! + pair.current[i]! > 0;
  return { reference: pair.reference.filter(has), current: pair.current.filter(has) };
}

/** Of the reference's counts, given the pooled ones and the reference's share of all rows; larger means further apart. */
type Statistic = (reference: Float64Array, pooled: Float64Array, share: number) => number;

function statisticOf(pair: CellPair, statistic: Statistic): number {
  const { reference, current } = used(pair);
  const rows = rowsOf({ reference, current });
  const pooled = reference.map((count, i) => count + current[i]!);
  return statistic(reference, pooled, rows.reference / (rows.reference + rows.current));
}

/** The permutation p-value of a statistic of two samples over the same cells, given the pooled counts. */
export function permutationP(
  { observed, ...pair }: DealtPair,
  statistic: Statistic,
  options: PermutationOptions,
): number {
  const { reference, current } = used(pair);
  const pooled = reference.map((count, i) => count + current[i]!);
  const rows = rowsOf({ reference, current });
  const urn = { rows: rows.reference + rows.current, drawn: rows.reference };
  const share = rows.reference / urn.rows;
  // Rounding must not make a table less extreme than its twin.
  const least = statisticOf(observed ?? pair, statistic) * (1 - 1e-12);
  const dealt = new Float64Array(pooled.length);
  return sequentialP(() => {
    dealRows(pooled, urn, options.random, dealt);
    return statistic(dealt, pooled, share) >= least;
  }, options);
}

/** The permutation p-value of Pearson's chi-squared, for expected counts that are too small for its distribution. */
export function chiSquaredPermutationP(pair: DealtPair, options: PermutationOptions): number {
  // Pearson's chi-squared but for a factor that all tables with these margins have in common.
  const distance: Statistic = (counts, pooled, share) => {
    let sum = 0;
    for (let i = 0; i < pooled.length; i++) sum += (counts[i]! - pooled[i]! * share) ** 2 / pooled[i]!;
    return sum;
  };
  return permutationP(pair, distance, options);
}

/** The permutation p-value of the Kolmogorov-Smirnov distance over a few values in order, ties counted as they are. */
export function kolmogorovPermutationP(pair: DealtPair, options: PermutationOptions): number {
  const distance: Statistic = (counts, pooled, share) => {
    let ahead = 0;
    let most = 0;
    for (let i = 0; i < pooled.length; i++) {
      ahead += counts[i]! - pooled[i]! * share;
      most = Math.max(most, Math.abs(ahead));
    }
    return most;
  };
  return permutationP(pair, distance, options);
}
