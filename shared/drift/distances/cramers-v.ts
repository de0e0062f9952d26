import { type ChiSquaredOptions, chiSquared } from '../hypothesis-tests/chi-squared.ts';
import { type CellPair, rowsOf } from '../samples/cell-pair.ts';

/**
 * Cramér's V of two samples over the same cells: √(χ² / N), the strength of the association between sample and cell;
 * 0 to 1. It depends on how the rows split between the samples.
 *
 * Cramér, "Mathematical methods of statistics", 1946. scipy: `contingency.association(method="cramer")`.
 */
export function cramersV(pair: CellPair, options: ChiSquaredOptions = {}): number {
  const { reference, current } = rowsOf(pair);
  return Math.min(1, Math.sqrt(chiSquared(pair, options).value / (reference + current)));
}

/**
 * Cramér's V less the bias that it has where the samples do not differ.
 *
 * Bergsma, "A bias-correction for Cramér's V and Tschuprow's T", 2013.
 *
 * @example 200 and 800 against 400 and 600, with Yates' correction: 0.216
 */
export function biasCorrectedCramersV(pair: CellPair, options: ChiSquaredOptions = {}): number {
  const { reference, current } = rowsOf(pair);
  const rows = reference + current;
  const { value, degrees } = chiSquared(pair, options);
  if (rows < 2 || degrees < 1) return 0;
  const squared = Math.max(0, value / rows - degrees / (rows - 1));
  const columns = degrees + 1 - (degrees * degrees) / (rows - 1);
  const samples = 2 - 1 / (rows - 1);
  const least = Math.min(columns, samples) - 1;
  return least > 0 ? Math.min(1, Math.sqrt(squared / least)) : 0;
}
