import { factorise, solveFactorised } from '../../algebra/cholesky.ts';
import { logarithm } from '../../algebra/exponential.ts';

/** Proportions of a mixture whose components are known. */
export interface MixtureProblem {
  /** Of each component every row's chance, above 0. */
  readonly columns: readonly Float64Array[];
  /** How much each row counts, together 1. */
  readonly shares: Float64Array;
}

/** The mixture's chance of each row. */
function mixed({ columns, shares }: MixtureProblem, weights: readonly number[]): Float64Array {
  const chances = new Float64Array(shares.length);
  for (const [part, column] of columns.entries()) {
    const weight = weights[part]!;
    if (weight === 0) continue;
    for (let row = 0; row < chances.length; row++) chances[row]! += weight * column[row]!;
  }
  return chances;
}

/** Mean over the rows of −ln of the mixture's chance. */
export function mixtureLoss(problem: MixtureProblem, weights: readonly number[]): number {
  let sum = 0;
  const chances = mixed(problem, weights);
  for (let row = 0; row < chances.length; row++) sum -= problem.shares[row]! * logarithm(chances[row]!);
  return sum;
}

/** Of each component the mean of its chance, divided by the mixture's: above 1 where more of it would be better. */
export function mixtureRatios(problem: MixtureProblem, weights: readonly number[]): number[] {
  const { columns, shares } = problem;
  const factors = mixed(problem, weights).map((chance, row) => shares[row]! / chance);
  return columns.map((column) => dot(factors, column));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += a[row]! * b[row]!;
  return sum;
}

/** Added to the curvature's diagonal, relative to its mean: components that are nearly redundant have a step. */
const relativeRidge = 1e-10;

/** A weight as small as this is held at 0 where its loss falls that way. */
const nearZero = 1e-12;

/**
 * One step of Newton's method on the log-loss, projected on weights that are none negative (Bertsekas 1982), their sum then made
 * 1: near the solution each step squares the error, where expectation maximisation creeps.
 *
 * @param ratios of the weights, see {@link mixtureRatios}.
 * @returns weights with a smaller loss; undefined where the step finds none.
 */
export function newtonStep(
  problem: MixtureProblem,
  weights: readonly number[],
  ratios: readonly number[],
): number[] | undefined {
  const free = weights.flatMap((weight, part) => (weight > nearZero || ratios[part]! > 1 ? [part] : []));
  const direction = newtonDirection(problem, weights, ratios, free);
  if (!direction) return undefined;
  const before = mixtureLoss(problem, weights);
  for (let length = 1; length > 1e-6; length /= 2) {
    const raw = weights.map(() => 0);
    for (const [at, part] of free.entries()) {
      raw[part] = Math.max(0, weights[part]! + length * direction[at]!);
    }
    const sum = raw.reduce((total, weight) => total + weight, 0);
    const next = raw.map((weight) => weight / sum);
    if (sum > 0 && mixtureLoss(problem, next) < before) return next;
  }
  return undefined;
}

/** The Newton step of the free weights, of the loss plus the weights' sum, whose least is where they add up to 1. */
function newtonDirection(
  problem: MixtureProblem,
  weights: readonly number[],
  ratios: readonly number[],
  free: readonly number[],
): Float64Array | undefined {
  const n = free.length;
  const { shares } = problem;
  const curves = mixed(problem, weights).map((chance, row) => shares[row]! / (chance * chance));
  const matrix = new Float64Array(n * n);
  for (const [i, first] of free.entries()) {
    const curved = curves.map((curve, row) => curve * problem.columns[first]![row]!);
    for (let j = 0; j <= i; j++) matrix[i * n + j] = dot(curved, problem.columns[free[j]!]!);
  }
  let mean = 0;
  for (let k = 0; k < n; k++) mean += matrix[k * n + k]! / n;
  for (let k = 0; k < n; k++) matrix[k * n + k]! += relativeRidge * mean;
  if (!factorise(matrix, n)) return undefined;
  const step = Float64Array.from(free, (part) => ratios[part]! - 1);
  solveFactorised(matrix, n, step);
  return step;
}
