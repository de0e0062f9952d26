import { solveFactorised } from '../../algebra/cholesky.ts';
import { curvaturesOf } from './curvatures.ts';
import type { Design } from './design.ts';
import { weightedGram } from './gram.ts';
import { raisedFactor } from './raised-factor.ts';
import { standardGram, workOfGram } from './standard-gram.ts';

/** Turns a gradient into a step, in place: an approximation of the inverse curvature, symmetric and positive. */
export type Preconditioner = (gradient: Float64Array) => void;

/** Multiplications for the curvature of an output: beyond it fewer rows are looked at, since it need not be exact. */
const curvatureWork = 1e8;

/** Rows for each coefficient that tell its curvature well enough. */
const rowsForEach = 4;

/** Multiplications that the curvature may take for each penalty anew. */
const workOfPenalty = 5e8;

/** Multiplications that a decomposition for all penalties may take. */
const workOfPath = 2e10;

/** Added to the diagonal, relative to its mean. */
const raise = 1e-10;

/** Of a class that no row has. */
const leastCurvature = 1e-12;

/** How curvatures are known, and from how many rows. */
export interface CurvaturePlan {
  /** For each penalty the blocks of the diagonal; one Gram matrix, decomposed once; the diagonal alone. */
  readonly way: 'blocks' | 'gram' | 'diagonal';
  readonly count: number;
}

/**
 * How the curvature of a penalised loss is known, output by output. Where that is cheap enough it is computed for each penalty:
 * exact for one output and all rows (then a step is Newton's), the blocks of the diagonal for several outputs. Else the Gram
 * matrix, decomposed once, stands for all of them, each times its mean curvature; and the diagonal alone where there are too
 * many inputs for that.
 *
 * @param mostForEach multiplications that the curvature may take for each penalty.
 */
export function curvaturePlan(
  { rows, width, output: { units } }: Design,
  mostForEach = workOfPenalty,
): CurvaturePlan {
  const size = width + 1;
  const count = Math.min(
    rows,
    Math.max(rowsForEach * size, Math.floor((2 * curvatureWork) / (units * size ** 2))),
  );
  if (units * ((count * size ** 2) / 2 + size ** 3 / 6) <= mostForEach) return { way: 'blocks', count };
  return { way: workOfGram(count, width) > workOfPath ? 'diagonal' : 'gram', count };
}

/** A Gram matrix, ready to be solved for. */
export interface SolvableGram {
  /** Solves (Gram + shift · I)·x = b; `b` becomes x. */
  solve(b: Float64Array, shift: number): void;
  /** Sum of the rows' weights. */
  readonly total: number;
}

/**
 * How to make the preconditioner of a penalty at some coefficients.
 *
 * @param known the design's Gram matrix, where that is known and asked for.
 */
export function preconditionersOf(
  design: Design,
  { way, count }: CurvaturePlan,
  known?: SolvableGram,
): (coefficients: Float64Array, penalty: number) => Preconditioner {
  const { rows, width, output } = design;
  const { units } = output;
  const size = width + 1;
  const gram = known ?? (way === 'gram' ? gramOf(design, count) : undefined);
  return (coefficients, penalty) => {
    const curvatures = curvaturesOf(design, coefficients);
    const solvers = Array.from({ length: units }, (_, u) => {
      const weightOf = (row: number) => curvatures[row * units + u]!;
      if (gram) return gramSolver(gram, rows, weightOf, penalty);
      return way === 'blocks'
        ? blockSolver(design, weightOf, count, penalty)
        : diagonalSolver(design, weightOf, penalty);
    });
    return together(solvers, size, output.activation === 'softmax');
  };
}

/** @param shared whether adding the same to all outputs changes no answer: steps are taken across that direction alone. */
function together(solvers: readonly Preconditioner[], size: number, shared: boolean): Preconditioner {
  return (gradient) => {
    if (shared) subtractMeans(gradient, size);
    for (const [u, solve] of solvers.entries()) solve(gradient.subarray(u * size, (u + 1) * size));
    if (shared) subtractMeans(gradient, size);
  };
}

/** The Gram matrix times the mean curvature, about the inputs' means: the bias is apart. */
function gramSolver(
  { solve, total }: SolvableGram,
  rows: number,
  weightOf: (row: number) => number,
  penalty: number,
): Preconditioner {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += weightOf(i);
  const mean = Math.max(sum / total, leastCurvature);
  return (gradient) => {
    const width = gradient.length - 1;
    const slopes = gradient.subarray(0, width);
    solve(slopes, penalty / mean);
    for (let j = 0; j < width; j++) slopes[j]! /= mean;
    gradient[width]! /= mean * total;
  };
}

function gramOf(design: Design, count: number): SolvableGram {
  const { form, total } = standardGram(design, count);
  return { solve: form.solve, total };
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
