import { type CellPair, rowsOf } from '../samples/cell-pair.ts';

/** The share that stands for an empty cell: without it one empty cell makes the index infinite. */
const stabilityFloor = 1e-4;

/**
 * Population stability index: Σ (q - p) ln(q / p), the sum of both Kullback-Leibler divergences in nats. Shares below
 * the floor count as the floor, which an index that a new category dominates depends on.
 *
 * Siddiqi, "Credit risk scorecards", 2006; Jeffreys' divergence, 1946. Which bins it is of is the caller's to state.
 *
 * @example shares (½, ½, 0) and (0.4, 0.5, 0.1): 0.712 with floor 1e-4, 0.230 with floor 0.01
 */
export function populationStabilityIndex(pair: CellPair, { floor = stabilityFloor } = {}): number {
  const rows = rowsOf(pair);
  let sum = 0;
  for (let i = 0; i < pair.reference.length; i++) {
    const p = Math.max(pair.reference[i]! / rows.reference, floor);
    const q = Math.max(pair.current[i]! / rows.current, floor);
    sum += (q - p) * Math.log(q / p);
  }
  return sum;
}
