import { logarithm } from '../../algebra/exponential.ts';
import type { Design } from './design.ts';
import { minimise } from './lbfgs.ts';
import { type PathSolver, pathOfOther } from './path-solver.ts';
import { penalisedLoss } from './penalised-loss.ts';
import { curvaturePlan, preconditionersOf } from './preconditioner.ts';
import { standardGram } from './standard-gram.ts';
import { turnedDesign } from './turned-design.ts';

/** What a Newton step could still lower, as a share of the loss, when a penalty counts as solved: while penalties are compared. */
const compared = 1e-7;

/** The same of the penalty that is kept. */
const kept = 1e-12;

/** Steps with one curvature, and how often it is computed for a penalty. */
const steps = 20;
const curvatures = 10;

/** Stands for the share of a class without rows: its bias would go on for ever. */
const leastShare = 1e-12;

/**
 * Penalised regressions of any loss, by limited-memory BFGS over the curvature where a penalty starts: from the coefficients of
 * the one before it, moved on as they moved from the one before that, by the logarithm of the penalty, where that is better.
 *
 * @param curvatureWork multiplications that the curvature may take for each penalty.
 */
export function warmPath(design: Design, curvatureWork?: number): PathSolver {
  const plan = curvaturePlan(design, curvatureWork);
  // Of more rows the loss takes most of the time, and not what is solved for.
  if (plan.way !== 'gram' || plan.count < design.rows) return walk(design, preconditionersOf(design, plan));
  const { form, total } = standardGram(design);
  const { design: turned, turnBack } = turnedDesign(design, form);
  const known = { solve: form.solveTurned, total };
  return pathOfOther(walk(turned, preconditionersOf(turned, plan, known)), turnBack);
}

function walk(design: Design, preconditionerOf: ReturnType<typeof preconditionersOf>): PathSolver {
  const { evaluate } = penalisedLoss(design);
  const coefficients = startOf(design);
  let last: { readonly at: Float64Array; readonly log: number } | undefined;
  let beforeLast: typeof last;

  function solve(penalty: number, tolerance: number): number {
    for (let again = 0; ; again++) {
      const { value, converged } = minimise(
        (at, gradient) => evaluate(at, penalty, gradient),
        coefficients,
        preconditionerOf(coefficients, penalty),
        { tolerance, steps },
      );
      if (converged || again + 1 === curvatures) return value;
    }
  }

  /** Goes on as far as the penalty does. */
  function moveOn(penalty: number, log: number): void {
    if (!last || !beforeLast) return;
    const share = (log - last.log) / (last.log - beforeLast.log);
    const [from, to] = [beforeLast.at, last.at];
    const ahead = to.map((value, k) => value + share * (value - from[k]!));
    if (evaluate(ahead, penalty) < evaluate(coefficients, penalty)) coefficients.set(ahead);
  }

  return (penalty) => {
    const log = logarithm(penalty);
    moveOn(penalty, log);
    const loss = solve(penalty, compared);
    const at = coefficients.slice();
    beforeLast = last;
    last = { at, log };
    return {
      coefficients,
      loss,
      refine() {
        coefficients.set(at);
        return { loss: solve(penalty, kept), coefficients };
      },
    };
  };
}

/** What an unlimited penalty gives: biases alone, such that the answers are the mean or the shares of the classes. */
function startOf({ rows, width, targets, weights, output }: Design): Float64Array {
  const { units, activation } = output;
  const coefficients = new Float64Array(units * (width + 1));
  const sums = new Float64Array(units);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1;
    total += weight;
    if (activation === 'softmax') sums[targets[i]!]! += weight;
    else sums[0]! += weight * targets[i]!;
  }
  const shares = sums.map((sum) => sum / total);
  const bias = (u: number): number => {
    if (activation === 'linear') return shares[u]!;
    const share = Math.max(shares[u]!, leastShare);
    return activation === 'softmax'
      ? logarithm(share)
      : logarithm(share) - logarithm(Math.max(1 - share, leastShare));
  };
  for (let u = 0; u < units; u++) coefficients[u * (width + 1) + width] = bias(u);
  return coefficients;
}
