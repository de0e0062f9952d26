import { type MatrixProduct, transpose } from '../engine/matrix-product.ts';
import type { OutputActivation } from '../network/architecture.ts';
import type { WeightedRows } from '../network/learner.ts';

/** Inputs made comparable inside the solver: (x - mean) / deviation, by input. */
export interface InputScale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * The loss of a linear model as a function of its coefficients: outputs × (inputs + 1), row-major by output,
 * the bias last, over standardised inputs.
 */
export interface LinearObjective {
  readonly length: number;
  /** Mean loss and penalty; fills the gradient where one is given. Double precision. */
  evaluate(coefficients: Float64Array, gradient?: Float64Array): number;
  /** The matrix of second derivatives, row-major length × length; single-precision products suffice for a step. */
  curvature(coefficients: Float64Array): Float64Array;
}

/** Rows whose products are summed in single precision before double takes over. */
const blockRows = 4096;

/** Mean and deviation of every input; a constant input has deviation 1. */
export function inputScaleOf({ rows, x }: WeightedRows, inputs: number): InputScale {
  const mean = new Float64Array(inputs);
  const deviation = new Float64Array(inputs);
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < inputs; j++, k++) mean[j]! += x[k]!;
  for (let j = 0; j < inputs; j++) mean[j]! /= rows;
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < inputs; j++, k++) deviation[j]! += (x[k]! - mean[j]!) ** 2;
  }
  for (let j = 0; j < inputs; j++) {
    const value = Math.sqrt(deviation[j]! / rows);
    deviation[j] = value > Math.abs(mean[j]!) * 1e-7 ? value : 1;
  }
  return { mean, deviation };
}

/**
 * @param l2 penalty on the squares of the weights over the inputs as they are, not as standardised here.
 */
export function linearObjective(
  examples: WeightedRows,
  { mean, deviation }: InputScale,
  output: { readonly units: number; readonly activation: OutputActivation },
  l2: number,
  product: MatrixProduct,
): LinearObjective {
  const { rows, x, targets, weights } = examples;
  const inputs = mean.length;
  const width = inputs + 1;
  const units = output.units;
  const length = units * width;
  const sums = new Float64Array(units);
  const slopes = new Float64Array(units);
  const row = new Float64Array(width).fill(1);

  /** Standardises a row and computes its sums. */
  function load(i: number, coefficients: Float64Array): void {
    for (let j = 0, k = i * inputs; j < inputs; j++) row[j] = (x[k + j]! - mean[j]!) / deviation[j]!;
    for (let u = 0; u < units; u++) {
      let sum = 0;
      for (let j = 0, k = u * width; j < width; j++) sum += coefficients[k + j]! * row[j]!;
      sums[u] = sum;
    }
  }

  function evaluate(coefficients: Float64Array, gradient?: Float64Array): number {
    gradient?.fill(0);
    let total = 0;
    for (let i = 0; i < rows; i++) {
      load(i, coefficients);
      const weight = (weights ? weights[i]! : 1) / rows;
      total += weight * rowLoss(output.activation, sums, targets[i]!, slopes);
      if (!gradient) continue;
      for (let u = 0; u < units; u++) {
        const slope = weight * slopes[u]!;
        for (let j = 0, k = u * width; j < width; j++) gradient[k + j]! += slope * row[j]!;
      }
    }
    for (let k = 0; k < length; k++) {
      const j = k % width;
      if (j === inputs) continue;
      const scaled = coefficients[k]! / deviation[j]!;
      total += l2 * scaled * scaled;
      if (gradient) gradient[k]! += (2 * l2 * scaled) / deviation[j]!;
    }
    return total;
  }

  /** Adds the curvature of rows [from, to) for every pair of outputs. */
  function addBlock(matrix: Float64Array, coefficients: Float64Array, from: number, to: number): void {
    const count = to - from;
    const plain = new Float32Array(count * width);
    const curvatures = new Float64Array(count * units * units);
    for (let i = 0; i < count; i++) {
      load(from + i, coefficients);
      plain.set(row, i * width);
      const weight = (weights ? weights[from + i]! : 1) / rows;
      rowCurvature(
        output.activation,
        sums,
        weight,
        curvatures.subarray(i * units * units, (i + 1) * units * units),
      );
    }
    const turned = new Float32Array(plain.length);
    transpose(plain, count, width, turned);
    const scaled = new Float32Array(plain.length);
    for (let u = 0; u < units; u++) {
      for (let v = 0; v <= u; v++) {
        for (let i = 0, k = 0; i < count; i++) {
          const c = curvatures[(i * units + u) * units + v]! * rows;
          for (let j = 0; j < width; j++, k++) scaled[k] = plain[k]! * c;
        }
        const gram = product(turned, scaled, width, count, width);
        for (let a = 0; a < width; a++) {
          for (let b = 0; b < width; b++) {
            matrix[(u * width + a) * length + v * width + b]! += gram[a * width + b]! / rows;
          }
        }
      }
    }
  }

  function curvature(coefficients: Float64Array): Float64Array {
    const matrix = new Float64Array(length * length);
    for (let from = 0; from < rows; from += blockRows) {
      addBlock(matrix, coefficients, from, Math.min(rows, from + blockRows));
    }
    for (let k = 0; k < length; k++) {
      const j = k % width;
      if (j < inputs) matrix[k * length + k]! += (2 * l2) / deviation[j]! ** 2;
    }
    return matrix;
  }

  return { length, evaluate, curvature };
}

/** One row's loss; `slopes` receives its derivative by each sum. */
function rowLoss(output: OutputActivation, sums: Float64Array, target: number, slopes: Float64Array): number {
  if (output === 'linear') {
    const error = sums[0]! - target;
    slopes[0] = 2 * error;
    return error * error;
  }
  if (output === 'sigmoid') {
    const z = sums[0]!;
    const e = Math.exp(-Math.abs(z));
    slopes[0] = (z >= 0 ? 1 : e) / (1 + e) - target;
    return Math.max(z, 0) + Math.log1p(e) - target * z;
  }
  const total = exponentials(sums, slopes);
  const loss = Math.log(total) + Math.max(...sums) - sums[target]!;
  for (let u = 0; u < sums.length; u++) slopes[u] = slopes[u]! / total - (u === target ? 1 : 0);
  return loss;
}

/** One row's second derivatives by each pair of sums, times its weight; row-major units × units. */
function rowCurvature(output: OutputActivation, sums: Float64Array, weight: number, out: Float64Array): void {
  const units = sums.length;
  if (output === 'linear') {
    out[0] = 2 * weight;
    return;
  }
  if (output === 'sigmoid') {
    const e = Math.exp(-Math.abs(sums[0]!));
    out[0] = (weight * e) / (1 + e) ** 2;
    return;
  }
  const shares = new Float64Array(units);
  const total = exponentials(sums, shares);
  for (let u = 0; u < units; u++) {
    for (let v = 0; v < units; v++) {
      out[u * units + v] = (weight * shares[u]! * ((u === v ? 1 : 0) - shares[v]! / total)) / total;
    }
  }
}

/** exp(sum - largest) by output into `out`; returns their sum. */
function exponentials(sums: Float64Array, out: Float64Array): number {
  let largest = sums[0]!;
  for (let u = 1; u < sums.length; u++) if (sums[u]! > largest) largest = sums[u]!;
  let total = 0;
  for (let u = 0; u < sums.length; u++) {
    out[u] = Math.exp(sums[u]! - largest);
    total += out[u]!;
  }
  return total;
}
