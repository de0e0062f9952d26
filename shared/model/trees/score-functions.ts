import { exponential, logarithm } from '../../algebra/exponential.ts';

/** 1 / (1 + e^-x), the same bits on every machine. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exponential(-x));
  const e = exponential(x);
  return e / (1 + e);
}

/** Writes the softmax of the scores at `at`, `at + step`, … of one row; returns the logarithm of their sum of powers. */
export function softmax(
  scores: Float64Array,
  at: number,
  step: number,
  outputs: number,
  out: Float64Array,
): number {
  let largest = scores[at]!;
  for (let k = 1; k < outputs; k++) largest = Math.max(largest, scores[at + k * step]!);
  let sum = 0;
  for (let k = 0; k < outputs; k++) {
    out[k] = exponential(scores[at + k * step]! - largest);
    sum += out[k]!;
  }
  for (let k = 0; k < outputs; k++) out[k]! /= sum;
  return largest + logarithm(sum);
}
