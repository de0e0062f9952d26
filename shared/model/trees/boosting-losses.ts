import { mean } from '../../algebra/descriptive-statistics.ts';
import { exponential, logarithm } from '../../algebra/exponential.ts';
import type { Gradients } from './gradients.ts';
import { softmax } from './score-functions.ts';

/** What rows are to be predicted as, and what each counts. */
export interface Labels {
  readonly rows: number;
  /** By row: the number, or the class's index. */
  readonly targets: Float64Array;
  /** By row, of classes only; absent: all 1. */
  readonly weights?: Float64Array | undefined;
}

/** A loss of scores: what boosting lowers. Of several scores a row, output k's are `scores[k · rows]` …. */
export interface BoostingLoss {
  /** Scores a row: one, or one a class. */
  readonly outputs: number;
  /** Whether the second derivative differs between rows. */
  readonly curved: boolean;
  /** A leaf's value is the median of its rows' residuals. */
  readonly median: boolean;
  /** The score of every row before the first tree, by output. */
  initial(labels: Labels): Float64Array;
  /**
   * The weighted sum over rows, divided by their number.
   *
   * @param out where every output's derivatives are to be written, laid out as the scores.
   */
  mean(scores: Float64Array, labels: Labels, out?: Gradients): number;
}

/** Half the squared error: its second derivative is 1. */
export const squaredLoss: BoostingLoss = {
  outputs: 1,
  curved: false,
  median: false,
  initial: ({ targets, rows }) => Float64Array.of(mean(targets.subarray(0, rows))),
  mean(scores, { targets, rows }, out) {
    if (out) for (let row = 0; row < rows; row++) out.first[row] = scores[row]! - targets[row]!;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const error = scores[row]! - targets[row]!;
      total += (error * error) / rows;
    }
    return total;
  },
};

/** The absolute error; as its second derivative says nothing, leaves are medians (Friedman 2001, LAD_TreeBoost). */
export const absoluteLoss: BoostingLoss = {
  outputs: 1,
  curved: false,
  median: true,
  initial: ({ targets, rows }) => Float64Array.of(medianInPlace(targets.slice(0, rows))),
  mean(scores, { targets, rows }, out) {
    if (out) for (let row = 0; row < rows; row++) out.first[row] = Math.sign(scores[row]! - targets[row]!);
    let total = 0;
    for (let row = 0; row < rows; row++) total += Math.abs(scores[row]! - targets[row]!) / rows;
    return total;
  },
};

/** Cross-entropy of the sigmoid of one score: that of the second class. */
export const binaryLoss: BoostingLoss = {
  outputs: 1,
  curved: true,
  median: false,
  initial({ targets, weights, rows }) {
    let second = 0;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const weight = weights ? weights[row]! : 1;
      total += weight;
      second += weight * targets[row]!;
    }
    return Float64Array.of(logarithm(second) - logarithm(total - second));
  },
  mean(scores, { targets, weights, rows }, out) {
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const score = scores[row]!;
      const target = targets[row]!;
      const weight = weights ? weights[row]! : 1;
      // One power for both: the sigmoid of a score and what its loss is beyond the larger part.
      const power = exponential(-Math.abs(score));
      total += weight * (Math.max(score, 0) + logarithm(1 + power) - target * score);
      if (!out) continue;
      const chance = (score >= 0 ? 1 : power) / (1 + power);
      out.first[row] = weight * (chance - target);
      out.second![row] = weight * chance * (1 - chance);
    }
    return total / rows;
  },
};

/**
 * Cross-entropy of the softmax of a score a class. The diagonal of the second derivatives is multiplied by
 * classes / (classes - 1), which makes a leaf's value Friedman's (2001, L_K-TreeBoost).
 */
export function multiclassLoss(outputs: number): BoostingLoss {
  const chances = new Float64Array(outputs);
  return {
    outputs,
    curved: true,
    median: false,
    initial({ targets, weights, rows }) {
      const shares = new Float64Array(outputs);
      let total = 0;
      for (let row = 0; row < rows; row++) {
        const weight = weights ? weights[row]! : 1;
        shares[targets[row]!]! += weight;
        total += weight;
      }
      return shares.map((share) => logarithm(Math.max(share / total, 1e-15)));
    },
    mean(scores, { targets, weights, rows }, out) {
      const factor = outputs / (outputs - 1);
      let total = 0;
      for (let row = 0; row < rows; row++) {
        const target = targets[row]!;
        const weight = weights ? weights[row]! : 1;
        const sum = softmax(scores, row, rows, outputs, chances);
        total += weight * (sum - scores[target * rows + row]!);
        if (!out) continue;
        for (let k = 0; k < outputs; k++) {
          const chance = chances[k]!;
          out.first[k * rows + row] = weight * (chance - (target === k ? 1 : 0));
          out.second![k * rows + row] = weight * factor * chance * (1 - chance);
        }
      }
      return total / rows;
    },
  };
}

/** The median, the mean of the two middle ones for an even number; the values are put in another order. */
export function medianInPlace(values: Float64Array): number {
  const middle = values.length >> 1;
  const high = nthInPlace(values, middle);
  if (values.length % 2 === 1) return high;
  let low = values[0]!;
  for (let i = 1; i < middle; i++) low = Math.max(low, values[i]!);
  return low / 2 + high / 2;
}

/** Hoare's selection: the n-th smallest, with none larger before it and none smaller after. */
function nthInPlace(values: Float64Array, n: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const kept = values[i]!;
      values[i++] = values[j]!;
      values[j--] = kept;
    }
    if (n <= j) high = j;
    else if (n >= i) low = i;
    else break;
  }
  return values[n]!;
}
