import type { Sample } from './metric.ts';

/** The mean of values over a resample's rows. */
export function weightedMean(values: Float64Array, { weights }: Sample): number {
  const rows = values.length;
  let sum = 0;
  if (!weights) {
    for (let row = 0; row < rows; row++) sum += values[row]!;
    return sum / rows;
  }
  // A resample has as many rows as there are. Four sums keep the additions from waiting for each other.
  let a = 0;
  let b = 0;
  let c = 0;
  const even = rows - (rows % 4);
  for (let row = 0; row < even; row += 4) {
    sum += weights[row]! * values[row]!;
    a += weights[row + 1]! * values[row + 1]!;
    b += weights[row + 2]! * values[row + 2]!;
    c += weights[row + 3]! * values[row + 3]!;
  }
  for (let row = even; row < rows; row++) sum += weights[row]! * values[row]!;
  return (sum + a + b + c) / totalWeight(weights);
}

const totals = new WeakMap<Uint16Array, number>();

/** The number of rows drawn; a bootstrap draws as many as there are, a jackknife leaves some out and says so. */
export function totalWeight(weights: Uint16Array): number {
  return totals.get(weights) ?? weights.length;
}

/** States a sum of weights other than the number of rows. */
export function stateTotal(weights: Uint16Array, total: number): void {
  totals.set(weights, total);
}

/** One number for each row of two arrays of equal length. */
export function mapRows(actual: Float64Array, predicted: Float64Array, f: (y: number, p: number) => number): Float64Array {
  const values = new Float64Array(actual.length);
  for (let row = 0; row < values.length; row++) values[row] = f(actual[row]!, predicted[row]!);
  return values;
}

/** Row numbers in ascending order of their values. */
export function sortedRows(values: Float64Array): Uint32Array {
  const rows = Uint32Array.from({ length: values.length }, (_, row) => row);
  return rows.sort((a, b) => values[a]! - values[b]!);
}
