import type { OutputActivation } from '../network/architecture.ts';
import type { WeightedRows } from '../network/learner.ts';
import type { Parameters } from '../network/parameters.ts';
import type { InputScale } from './input-scale.ts';

/** Rows that a linear model is fitted to: their inputs count as (x - mean) / deviation, and are never stored so. */
export interface Design {
  readonly rows: number;
  readonly width: number;
  /** Row-major rows × width. */
  readonly x: Float32Array | Float64Array;
  readonly scale: InputScale;
  /** By row: the standardised number, or the class's index. */
  readonly targets: Float32Array;
  /** By row; absent: all 1. */
  readonly weights: Float32Array | undefined;
  readonly output: { readonly units: number; readonly activation: OutputActivation };
}

/** The rows of a training as a design over their standardised inputs. */
export function designOf(train: WeightedRows, scale: InputScale, output: Design['output']): Design {
  const { rows, x, targets, weights } = train;
  return { rows, width: scale.mean.length, x, scale, targets, weights, output };
}

/**
 * Weights over inputs as they are, from coefficients over standardised ones; both units × (width + 1), row-major, the
 * bias last. Sums of products with these need no standardised copy of the inputs.
 */
export function overRawInputs(
  coefficients: Float64Array,
  { mean, deviation }: InputScale,
  units: number,
  out = new Float64Array(coefficients.length),
): Float64Array {
  const width = mean.length;
  for (let u = 0, start = 0; u < units; u++, start += width + 1) {
    let bias = coefficients[start + width]!;
    for (let j = 0; j < width; j++) {
      const weight = coefficients[start + j]! / deviation[j]!;
      out[start + j] = weight;
      bias -= weight * mean[j]!;
    }
    out[start + width] = bias;
  }
  return out;
}

/** The sums of one row, one a unit: weights (as {@link overRawInputs} gives them) times inputs, plus bias. */
export function rowSums(
  weights: Float64Array,
  x: Float32Array | Float64Array,
  { row, width }: { readonly row: number; readonly width: number },
  sums: Float64Array,
): void {
  const from = row * width;
  const paired = width - (width % 4);
  for (let u = 0, start = 0; u < sums.length; u++, start += width + 1) {
    // Four sums at once: each addition waits for the one before it.
    let a = weights[start + width]!;
    let b = 0;
    let c = 0;
    let d = 0;
    let j = 0;
    for (; j < paired; j += 4) {
      a += weights[start + j]! * x[from + j]!;
      b += weights[start + j + 1]! * x[from + j + 1]!;
      c += weights[start + j + 2]! * x[from + j + 2]!;
      d += weights[start + j + 3]! * x[from + j + 3]!;
    }
    for (; j < width; j++) a += weights[start + j]! * x[from + j]!;
    sums[u] = a + b + (c + d);
  }
}

/** Copies weights (as {@link overRawInputs} gives them) into the one layer of a linear model. */
export function writeParameters(weights: Float64Array, out: Parameters): void {
  const { kernel, bias } = out.layers[0]!;
  const units = bias.length;
  const size = weights.length / units;
  for (let u = 0; u < units; u++) {
    for (let j = 0; j < size - 1; j++) kernel[j * units + u] = weights[u * size + j]!;
    bias[u] = weights[u * size + size - 1]!;
  }
}
