import { type CellPair, rowsOf } from '../samples/cell-pair.ts';

/**
 * L∞ distance: the largest difference of any cell's share; what TensorFlow Data Validation compares of categories.
 *
 * @example shares (b 0.9, c 0.1, a 0) and (b 0.7, c 0, a 0.3): 0.3
 */
export function lInfinity(pair: CellPair): number {
  const rows = rowsOf(pair);
  let most = 0;
  for (let i = 0; i < pair.reference.length; i++) {
    most = Math.max(most, Math.abs(pair.reference[i]! / rows.reference - pair.current[i]! / rows.current));
  }
  return most;
}
