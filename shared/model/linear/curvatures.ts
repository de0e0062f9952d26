import { type Design, overRawInputs, rowSums } from './design.ts';
import { rowLoss } from './row-loss.ts';

/** By row and output, the row's weight times the second derivative of its loss by the output's sum. */
export function curvaturesOf(
  { rows, width, x, scale, targets, weights, output }: Design,
  coefficients: Float64Array,
): Float64Array {
  const { units, activation } = output;
  const raw = overRawInputs(coefficients, scale, units);
  const sums = new Float64Array(units);
  const slopes = new Float64Array(units);
  const result = new Float64Array(rows * units);
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1;
    if (activation === 'linear') {
      result[i] = 2 * weight;
      continue;
    }
    rowSums(raw, x, { row: i, width }, sums);
    const target = targets[i]!;
    rowLoss(activation, sums, target, slopes);
    for (let u = 0; u < units; u++) {
      const truth = activation === 'sigmoid' ? target : u === target ? 1 : 0;
      const share = Math.min(1, Math.max(0, slopes[u]! + truth));
      result[i * units + u] = weight * share * (1 - share);
    }
  }
  return result;
}
