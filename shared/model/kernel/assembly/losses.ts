// Losses over the last layer's sums, before their activation. Each gives the weighted sum over the rows and fills the
// gradient of the mean over the batch.
import { exponential, exponentialOf, logarithm, logarithmOfOnePlus } from './exponential';

export const squared: i32 = 0;
export const sigmoidCrossEntropy: i32 = 1;
export const softmaxCrossEntropy: i32 = 2;

/**
 * @param sums rows × padded outputs.
 * @param targets by row: the standardised number, or the class's index.
 * @param weights by row; 0: all 1.
 * @param batch by how many rows the gradient is divided.
 * @param gradient rows × padded outputs; what pads stays as it is. 0: none is wanted.
 */
export function loss(
  kind: i32,
  sums: usize,
  rows: usize,
  outputs: usize,
  padded: usize,
  targets: usize,
  weights: usize,
  batch: f64,
  gradient: usize,
): f64 {
  let total: f64 = 0;
  for (let i: usize = 0; i < rows; i++) {
    const weight: f64 = weights ? <f64>load<f32>(weights + i * 4) : 1;
    const target = load<f32>(targets + i * 4);
    const row = i * padded * 4;
    const slopes = gradient ? gradient + row : 0;
    if (kind == softmaxCrossEntropy) total += softmaxRow(sums + row, outputs, <usize>target, weight, batch, slopes);
    else {
      const z = <f64>load<f32>(sums + row);
      if (kind == squared) {
        const error = z - <f64>target;
        total += weight * error * error;
        if (slopes) store<f32>(slopes, <f32>((2 * weight * error) / batch));
      } else {
        const e = exponential(f64x2.splat(-abs(z)));
        const share = f64x2.extract_lane(e, 0);
        const log = f64x2.extract_lane(logarithmOfOnePlus(e), 0);
        // Not max: z may be NaN, and then so must be the loss.
        total += weight * ((z > 0 ? z : 0) + log - <f64>target * z);
        if (slopes) store<f32>(slopes, <f32>((weight * ((z >= 0 ? 1 : share) / (1 + share) - <f64>target)) / batch));
      }
    }
  }
  return total;
}

function softmaxRow(sums: usize, outputs: usize, target: usize, weight: f64, batch: f64, slopes: usize): f64 {
  let largest = <f64>load<f32>(sums);
  for (let k: usize = 1; k < outputs; k++) {
    const value = <f64>load<f32>(sums + k * 4);
    if (value > largest) largest = value;
  }
  let sum: f64 = 0;
  for (let k: usize = 0; k < outputs; k++) sum += exponentialOf(<f64>load<f32>(sums + k * 4) - largest);
  const result = weight * (logarithm(sum) + largest - <f64>load<f32>(sums + target * 4));
  if (!slopes) return result;
  for (let k: usize = 0; k < outputs; k++) {
    const share = exponentialOf(<f64>load<f32>(sums + k * 4) - largest) / sum;
    store<f32>(slopes + k * 4, <f32>((weight * (share - (k == target ? 1 : 0))) / batch));
  }
  return result;
}
