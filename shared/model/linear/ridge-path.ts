import type { Design } from './design.ts';
import type { PathSolver } from './path-solver.ts';
import { penalisedLoss } from './penalised-loss.ts';
import { standardGram } from './standard-gram.ts';

/**
 * Ridge regressions for many penalties from one decomposition: the Gram matrix of the standardised inputs, brought to
 * tridiagonal form once, is solved for a penalty in 2 · width² multiplications (Eldén 1977, "Algorithms for the
 * regularization of ill-conditioned least squares problems").
 */
export function ridgePath(design: Design): PathSolver {
  const { rows, width, x, scale, targets, weights } = design;
  const size = width + 1;
  const { form, total, means } = standardGram(design);
  let level = 0;
  for (let i = 0; i < rows; i++) level += ((weights?.[i] ?? 1) * targets[i]!) / total;
  const moments = new Float64Array(width);
  let remainder = 0;
  for (let i = 0, k = 0; i < rows; i++, k += width) {
    const error = (weights?.[i] ?? 1) * (targets[i]! - level);
    remainder += error;
    for (let j = 0; j < width; j++) moments[j]! += error * x[k + j]!;
  }
  for (let j = 0; j < width; j++)
    moments[j] = (moments[j]! - remainder * scale.mean[j]!) / scale.deviation[j]!;
  const { evaluate } = penalisedLoss(design);

  return (penalty) => {
    const coefficients = new Float64Array(size);
    const slopes = Float64Array.from(moments);
    // Half of the loss, whose curvature is the Gram matrix.
    form.solve(slopes, penalty / 2);
    coefficients.set(slopes);
    coefficients[width] = means.reduce((bias, mean, j) => bias - mean * slopes[j]!, level);
    const solved = { coefficients, loss: evaluate(coefficients, penalty) };
    return { ...solved, refine: () => solved };
  };
}
