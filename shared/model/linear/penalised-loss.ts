import { type Design, overRawInputs, rowSums } from './design.ts';
import { rowLoss } from './row-loss.ts';

/**
 * The penalised loss of a linear model in sum form, Σ weight · loss + penalty / 2 · Σ coefficient² (biases free), as a
 * function of its coefficients over standardised inputs: units × (width + 1), row-major, the bias last.
 */
export interface PenalisedLoss {
  /** Fills the gradient where one is given. Double precision; rows × width × units multiplications, twice with a gradient. */
  evaluate(coefficients: Float64Array, penalty: number, gradient?: Float64Array): number;
}

/** The loss over a design's rows. */
export function penalisedLoss(design: Design): PenalisedLoss {
  const { rows, width, x, scale, targets, weights, output } = design;
  const { units, activation } = output;
  const size = width + 1;
  const raw = new Float64Array(units * size);
  const sums = new Float64Array(units);
  const slopes = new Float64Array(units);

  return {
    evaluate(coefficients, penalty, gradient) {
      overRawInputs(coefficients, scale, units, raw);
      gradient?.fill(0);
      let total = 0;
      for (let i = 0; i < rows; i++) {
        rowSums(raw, x, { row: i, width }, sums);
        const weight = weights ? weights[i]! : 1;
        total += weight * rowLoss(activation, sums, targets[i]!, slopes);
        if (!gradient) continue;
        for (let u = 0, k = i * width; u < units; u++) {
          const slope = weight * slopes[u]!;
          const start = u * size;
          for (let j = 0; j < width; j++) gradient[start + j]! += slope * x[k + j]!;
          gradient[start + width]! += slope;
        }
      }
      let squares = 0;
      for (let u = 0; u < units; u++) {
        const start = u * size;
        const slope = gradient?.[start + width] ?? 0;
        for (let j = 0; j < width; j++) {
          const value = coefficients[start + j]!;
          squares += value * value;
          if (!gradient) continue;
          const own = (gradient[start + j]! - scale.mean[j]! * slope) / scale.deviation[j]!;
          gradient[start + j] = own + penalty * value;
        }
      }
      return total + (penalty / 2) * squares;
    },
  };
}
