import { type CellPair, rowsOf } from '../samples/cell-pair.ts';

/**
 * Total variation distance: half the sum of the differences of shares, the share of rows that would have to change
 * cell; 0 to 1.
 *
 * @example counts 16, 18, 16, 14, 12, 12 and 16, 16, 16, 16, 16, 8: 0.0682
 */
export function totalVariation(pair: CellPair): number {
  const rows = rowsOf(pair);
  let sum = 0;
  for (let i = 0; i < pair.reference.length; i++) {
    sum += Math.abs(pair.reference[i]! / rows.reference - pair.current[i]! / rows.current);
  }
  return Math.min(1, sum / 2);
}
