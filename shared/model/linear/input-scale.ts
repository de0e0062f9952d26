import type { WeightedRows } from '../network/learner.ts';

/** Inputs made comparable inside the solver: (x - mean) / deviation, by input. */
export interface InputScale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * Mean and deviation of every input.
 *
 * @param ofConstant the deviation that an input without one has; Infinity takes it out: it counts as 0, and its weight is 0.
 */
export function inputScaleOf(
  { rows, x }: Pick<WeightedRows, 'rows' | 'x'>,
  inputs: number,
  ofConstant = 1,
): InputScale {
  const mean = new Float64Array(inputs);
  const deviation = new Float64Array(inputs);
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < inputs; j++, k++) mean[j]! += x[k]!;
  for (let j = 0; j < inputs; j++) mean[j]! /= rows;
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < inputs; j++, k++) deviation[j]! += (x[k]! - mean[j]!) ** 2;
  }
  for (let j = 0; j < inputs; j++) {
    const value = Math.sqrt(deviation[j]! / rows);
    deviation[j] = value > Math.abs(mean[j]!) * 1e-7 ? value : ofConstant;
  }
  return { mean, deviation };
}
