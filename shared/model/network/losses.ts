import type { OutputActivation } from './architecture.ts';

/**
 * A loss over the last layer's sums, before their activation.
 *
 * @param sums row-major rows × outputs.
 * @param targets by row: the standardised number, or the class's index.
 * @param weights by row; absent: all 1.
 * @param gradient where given: receives the gradient of the MEAN over `rows` by each sum.
 * @returns the weighted SUM over `rows`.
 */
export type Loss = (
  sums: Float32Array,
  rows: number,
  targets: Float32Array,
  weights: Float32Array | undefined,
  gradient?: Float32Array,
) => number;

/** The loss that belongs to an output: squared error, or cross-entropy of a sigmoid or a softmax. */
export function lossOf(output: OutputActivation, outputs: number): Loss {
  switch (output) {
    case 'linear':
      return squaredError;
    case 'sigmoid':
      return sigmoidCrossEntropy;
    case 'softmax':
      return softmaxCrossEntropy(outputs);
  }
}

const squaredError: Loss = (sums, rows, targets, weights, gradient) => {
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1;
    const error = sums[i]! - targets[i]!;
    total += weight * error * error;
    if (gradient) gradient[i] = (2 * weight * error) / rows;
  }
  return total;
};

/** log(1 + exp(z)) - y·z, arranged so that nothing overflows. */
const sigmoidCrossEntropy: Loss = (sums, rows, targets, weights, gradient) => {
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1;
    const z = sums[i]!;
    const e = Math.exp(-Math.abs(z));
    total += weight * (Math.max(z, 0) + Math.log1p(e) - targets[i]! * z);
    if (gradient) gradient[i] = (weight * ((z >= 0 ? 1 : e) / (1 + e) - targets[i]!)) / rows;
  }
  return total;
};

function softmaxCrossEntropy(outputs: number): Loss {
  const exponentials = new Float64Array(outputs);
  return (sums, rows, targets, weights, gradient) => {
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const weight = weights ? weights[i]! : 1;
      const start = i * outputs;
      let largest = sums[start]!;
      for (let k = 1; k < outputs; k++) largest = Math.max(largest, sums[start + k]!);
      let sum = 0;
      for (let k = 0; k < outputs; k++) {
        exponentials[k] = Math.exp(sums[start + k]! - largest);
        sum += exponentials[k]!;
      }
      const target = targets[i]!;
      total += weight * (Math.log(sum) + largest - sums[start + target]!);
      if (!gradient) continue;
      for (let k = 0; k < outputs; k++) {
        gradient[start + k] = (weight * (exponentials[k]! / sum - (k === target ? 1 : 0))) / rows;
      }
    }
    return total;
  };
}
