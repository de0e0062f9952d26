import { type Design, overRawInputs } from './design.ts';
import { rowLoss } from './row-loss.ts';

/**
 * The penalised loss of a linear model in sum form, Σ weight · loss + penalty / 2 · Σ share · coefficient² (biases free), as a
 * function of its coefficients over standardised inputs: units × (width + 1), row-major, the bias last.
 */
export interface PenalisedLoss {
  /** Fills the gradient where one is given. Double precision; rows × width × units multiplications, twice with a gradient. */
  evaluate(coefficients: Float64Array, penalty: number, gradient?: Float64Array): number;
}

/** Rows at once: each coefficient is read, and each slope written, once for all of them. */
const together = 4;

/** The loss over a design's rows. @param shares how much the penalty counts by input; default 1 each. */
export function penalisedLoss(design: Design, shares?: Float64Array): PenalisedLoss {
  const { rows, width, x, scale, targets, weights, output } = design;
  const { units, activation } = output;
  const size = width + 1;
  const raw = new Float64Array(units * size);
  const sums = new Float64Array(units * together);
  const slopes = new Float64Array(units * together);

  /** The sums of four rows, row by row. */
  function addUp(first: number): void {
    const [a, b, c, d] = placesOf(first, rows, width);
    for (let u = 0, start = 0; u < units; u++, start += size) {
      let sumA = raw[start + width]!;
      let [sumB, sumC, sumD] = [sumA, sumA, sumA];
      for (let j = 0; j < width; j++) {
        const weight = raw[start + j]!;
        sumA += weight * x[a + j]!;
        sumB += weight * x[b + j]!;
        sumC += weight * x[c + j]!;
        sumD += weight * x[d + j]!;
      }
      sums[u] = sumA;
      sums[units + u] = sumB;
      sums[2 * units + u] = sumC;
      sums[3 * units + u] = sumD;
    }
  }

  /** Adds the slopes of four rows to the gradient. */
  function spread(first: number, gradient: Float64Array): void {
    const [a, b, c, d] = placesOf(first, rows, width);
    for (let u = 0, start = 0; u < units; u++, start += size) {
      const slopeA = slopes[u]!;
      const slopeB = slopes[units + u]!;
      const slopeC = slopes[2 * units + u]!;
      const slopeD = slopes[3 * units + u]!;
      for (let j = 0; j < width; j++) {
        gradient[start + j]! +=
          slopeA * x[a + j]! + slopeB * x[b + j]! + (slopeC * x[c + j]! + slopeD * x[d + j]!);
      }
      gradient[start + width]! += slopeA + slopeB + (slopeC + slopeD);
    }
  }

  return {
    evaluate(coefficients, penalty, gradient) {
      overRawInputs(coefficients, scale, units, raw);
      gradient?.fill(0);
      let total = 0;
      for (let first = 0; first < rows; first += together) {
        addUp(first);
        const count = Math.min(together, rows - first);
        if (count < together) slopes.fill(0);
        for (let at = 0; at < count; at++) {
          const own = slopes.subarray(at * units, (at + 1) * units);
          const of = sums.subarray(at * units, (at + 1) * units);
          const weight = weights ? weights[first + at]! : 1;
          total += weight * rowLoss(activation, of, targets[first + at]!, own);
          for (let u = 0; u < units; u++) own[u]! *= weight;
        }
        if (gradient) spread(first, gradient);
      }
      let squares = 0;
      for (let u = 0; u < units; u++) {
        const start = u * size;
        const slope = gradient?.[start + width] ?? 0;
        for (let j = 0; j < width; j++) {
          const value = coefficients[start + j]!;
          const share = shares ? shares[j]! : 1;
          squares += share * value * value;
          if (!gradient) continue;
          const own = (gradient[start + j]! - scale.mean[j]! * slope) / scale.deviation[j]!;
          gradient[start + j] = own + penalty * share * value;
        }
      }
      return total + (penalty / 2) * squares;
    },
  };
}

/** Where four rows begin; beyond the last row the last once more, whose slope is then 0. */
function placesOf(first: number, rows: number, width: number): [number, number, number, number] {
  const place = (at: number): number => Math.min(first + at, rows - 1) * width;
  return [place(0), place(1), place(2), place(3)];
}
