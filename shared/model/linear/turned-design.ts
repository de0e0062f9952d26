import type { TridiagonalForm } from '../../algebra/tridiagonal.ts';
import type { Design } from './design.ts';

/** A design whose inputs are turned, and the way back. */
export interface TurnedDesign {
  readonly design: Design;
  /** Coefficients of the turned inputs as those of the inputs as they were. */
  turnBack(coefficients: Float64Array): Float64Array;
}

/**
 * The same rows by inputs z·Q, of which the Gram matrix is tridiagonal. Predictions and penalty stay, since Q is orthogonal, and what
 * solves for that matrix takes a few multiplications for each input instead of twice their square.
 */
export function turnedDesign(design: Design, form: TridiagonalForm): TurnedDesign {
  const { rows, width, x, scale } = design;
  const turned = new Float64Array(rows * width);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < width; j++, k++) turned[k] = (x[k]! - scale.mean[j]!) / scale.deviation[j]!;
    form.turn(turned.subarray(i * width, (i + 1) * width));
  }
  const plain = { mean: new Float64Array(width), deviation: new Float64Array(width).fill(1) };
  return {
    design: { ...design, x: turned, scale: plain },
    turnBack(coefficients) {
      const result = coefficients.slice();
      for (let from = 0; from < result.length; from += width + 1) {
        form.turnBack(result.subarray(from, from + width));
      }
      return result;
    },
  };
}
