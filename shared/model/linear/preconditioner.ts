import { solveFactorised } from '../../algebra/cholesky.ts';
import { type Design, overRawInputs, rowSums } from './design.ts';
import { weightedGram } from './gram.ts';
import { raisedFactor } from './raised-factor.ts';
import { rowLoss } from './row-loss.ts';

/** Turns a gradient into a step, in place: an approximation of the inverse curvature, symmetric and positive. */
export type Preconditioner = (gradient: Float64Array) => void;

/** Multiplications for the curvature of all outputs: beyond it fewer rows are looked at, since it need not be exact. */
const curvatureWork = 1e8;

/** Rows for each coefficient that tell its curvature well enough. */
const rowsForEach = 4;

/** Multiplications beyond which the diagonal alone is used. */
const mostWork = 1e10;

/** Added to the diagonal, relative to its mean. */
const raise = 1e-10;

/**
 * The curvature of a penalised loss at its coefficients, output by output: exact for one output and all rows (then a step is
 * Newton's), the blocks of the diagonal for several, the diagonal where there are very many inputs.
 */
export function createPreconditioner(
  design: Design,
  coefficients: Float64Array,
  penalty: number,
): Preconditioner {
  const { rows, width, output } = design;
  const size = width + 1;
  const ofRow = (output.units * size ** 2) / 2;
  const count = Math.min(rows, Math.max(rowsForEach * size, Math.floor(curvatureWork / ofRow)));
  const curvatures = curvaturesOf(design, coefficients);
  const whole = count * ofRow + (output.units * size ** 3) / 6 <= mostWork;
  const solvers = Array.from({ length: output.units }, (_, u) => {
    const weightOf = (row: number) => curvatures[row * output.units + u]!;
    return whole ? blockSolver(design, weightOf, count, penalty) : diagonalSolver(design, weightOf, penalty);
  });
  const shared = output.activation === 'softmax';
  return (gradient) => {
    // Adding the same to all outputs of a softmax changes no probability: steps are taken across that direction alone.
    if (shared) subtractMeans(gradient, size);
    for (const [u, solve] of solvers.entries()) solve(gradient.subarray(u * size, (u + 1) * size));
    if (shared) subtractMeans(gradient, size);
  };
}

/** By row and output, the row's weight times the second derivative of its loss. */
function curvaturesOf(
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

function blockSolver(
  design: Design,
  weightOf: (row: number) => number,
  count: number,
  penalty: number,
): Preconditioner {
  const size = design.width + 1;
  const matrix = weightedGram(design, weightOf, count);
  for (let j = 0; j < design.width; j++) matrix[j * size + j]! += penalty;
  const factor = raisedFactor(matrix, size, raise);
  return (gradient) => solveFactorised(factor, size, gradient);
}

function diagonalSolver(
  { rows, width, x, scale }: Design,
  weightOf: (row: number) => number,
  penalty: number,
): Preconditioner {
  const diagonal = new Float64Array(width + 1).fill(penalty);
  diagonal[width] = 0;
  for (let i = 0, k = 0; i < rows; i++) {
    const weight = weightOf(i);
    for (let j = 0; j < width; j++, k++) {
      const z = (x[k]! - scale.mean[j]!) / scale.deviation[j]!;
      diagonal[j]! += weight * z * z;
    }
    diagonal[width]! += weight;
  }
  const least = raise * diagonal.reduce((largest, value) => Math.max(largest, value), 0);
  return (gradient) => {
    for (let j = 0; j <= width; j++) gradient[j]! /= Math.max(diagonal[j]!, least);
  };
}

/** Takes from each coefficient its mean over the outputs. */
function subtractMeans(gradient: Float64Array, size: number): void {
  const units = gradient.length / size;
  for (let j = 0; j < size; j++) {
    let sum = 0;
    for (let k = j; k < gradient.length; k += size) sum += gradient[k]!;
    for (let k = j; k < gradient.length; k += size) gradient[k]! -= sum / units;
  }
}
