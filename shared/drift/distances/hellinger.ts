import { type CellPair, rowsOf } from '../samples/cell-pair.ts';

/**
 * Hellinger distance: √(½ Σ (√p - √q)²), 0 to 1.
 *
 * Hellinger, "Neue Begründung der Theorie quadratischer Formen von unendlichvielen Veränderlichen", 1909.
 *
 * @example counts 16, 18, 16, 14, 12, 12 and 16, 16, 16, 16, 16, 8: 0.0681
 */
export function hellinger(pair: CellPair): number {
  const rows = rowsOf(pair);
  let sum = 0;
  for (let i = 0; i < pair.reference.length; i++) {
    sum += (Math.sqrt(pair.reference[i]! / rows.reference) - Math.sqrt(pair.current[i]! / rows.current)) ** 2;
  }
  return Math.min(1, Math.sqrt(sum / 2));
}
