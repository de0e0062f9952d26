// The losses of linear models, row by row, in double precision and in plain arithmetic: the same bits everywhere.
import { exponential, logarithm } from '../../algebra/exponential.ts';
import type { OutputActivation } from '../network/architecture.ts';

/** One row's loss; `slopes` receives its derivative by each sum. */
export function rowLoss(
  output: OutputActivation,
  sums: Float64Array,
  target: number,
  slopes: Float64Array,
): number {
  if (output === 'linear') {
    const error = sums[0]! - target;
    slopes[0] = 2 * error;
    return error * error;
  }
  if (output === 'sigmoid') {
    const z = sums[0]!;
    const e = exponential(-Math.abs(z));
    slopes[0] = (z >= 0 ? 1 : e) / (1 + e) - target;
    return Math.max(z, 0) + logarithm(1 + e) - target * z;
  }
  const { largest, total } = exponentials(sums, slopes);
  const loss = logarithm(total) + largest - sums[target]!;
  for (let u = 0; u < sums.length; u++) slopes[u] = slopes[u]! / total - (u === target ? 1 : 0);
  return loss;
}

/** One row's second derivatives by each pair of sums, times its weight; row-major units × units. */
export function rowCurvature(
  output: OutputActivation,
  sums: Float64Array,
  weight: number,
  out: Float64Array,
): void {
  const units = sums.length;
  if (output === 'linear') {
    out[0] = 2 * weight;
    return;
  }
  if (output === 'sigmoid') {
    const e = exponential(-Math.abs(sums[0]!));
    out[0] = (weight * e) / (1 + e) ** 2;
    return;
  }
  const shares = new Float64Array(units);
  const { total } = exponentials(sums, shares);
  for (let u = 0; u < units; u++) {
    for (let v = 0; v < units; v++) {
      out[u * units + v] = (weight * shares[u]! * ((u === v ? 1 : 0) - shares[v]! / total)) / total;
    }
  }
}

/** exp(sum - largest) by output into `out`. */
function exponentials(sums: Float64Array, out: Float64Array): { largest: number; total: number } {
  let largest = sums[0]!;
  for (let u = 1; u < sums.length; u++) if (sums[u]! > largest) largest = sums[u]!;
  let total = 0;
  for (let u = 0; u < sums.length; u++) {
    out[u] = exponential(sums[u]! - largest);
    total += out[u]!;
  }
  return { largest, total };
}
