import { type MatrixProduct, transpose } from '../engine/matrix-product.ts';
import type { OutputActivation } from '../network/architecture.ts';
import type { WeightedRows } from '../network/learner.ts';
import { designOf } from './design.ts';
import type { InputScale } from './input-scale.ts';
import { penalisedLoss } from './penalised-loss.ts';
import { rowCurvature } from './row-loss.ts';

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
  const { rows, x, weights } = examples;
  const inputs = mean.length;
  const width = inputs + 1;
  const units = output.units;
  const length = units * width;
  const sums = new Float64Array(units);
  const row = new Float64Array(width).fill(1);
  const shares = deviation.map((own) => 1 / own ** 2);
  const summed = penalisedLoss(designOf(examples, { mean, deviation }, output), shares);

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
    const loss = summed.evaluate(coefficients, 2 * l2 * rows, gradient);
    if (gradient) for (let k = 0; k < length; k++) gradient[k]! /= rows;
    return loss / rows;
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
