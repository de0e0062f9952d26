import type { WeightedRows } from '../network/learner.ts';
import { type Design, rowSums } from './design.ts';
import { rowLoss } from './row-loss.ts';

/**
 * The mean loss of a linear model on rows, in double precision, without penalty.
 *
 * @param weights over inputs as they are: units × (inputs + 1), row-major, the bias last.
 */
export function meanLoss(
  { rows, x, targets, weights: ofRows }: WeightedRows,
  weights: Float64Array,
  { units, activation }: Design['output'],
): number {
  const width = weights.length / units - 1;
  const sums = new Float64Array(units);
  const slopes = new Float64Array(units);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    rowSums(weights, x, { row: i, width }, sums);
    total += (ofRows ? ofRows[i]! : 1) * rowLoss(activation, sums, targets[i]!, slopes);
  }
  return total / rows;
}
