import type { LayerParameters, MovingStatistics } from './parameters.ts';

/** Added to every variance, as Keras does. */
export const normalisationEpsilon = 1e-3;

/** Share of the old running statistics kept at each step. */
export const normalisationMomentum = 0.9;

/** What the forward pass leaves for the backward pass. */
export interface NormalisationState {
  /** The normalised sums, rows × units. */
  readonly normalised: Float32Array;
  /** 1 / √(variance + ε), by unit. */
  readonly inverse: Float64Array;
}

/**
 * Batch normalisation (Ioffe and Szegedy 2015) in place: z becomes γ·(z - mean)/√(variance + ε) + β, by the
 * batch's own biased statistics, which the running ones follow.
 */
export function normaliseBatch(
  z: Float32Array,
  rows: number,
  { gamma, bias }: LayerParameters,
  moving: MovingStatistics,
): NormalisationState {
  const units = gamma.length;
  const mean = new Float64Array(units);
  const variance = new Float64Array(units);
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < units; j++, k++) mean[j]! += z[k]!;
  for (let j = 0; j < units; j++) mean[j]! /= rows;
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < units; j++, k++) variance[j]! += (z[k]! - mean[j]!) ** 2;
  }
  const inverse = new Float64Array(units);
  for (let j = 0; j < units; j++) {
    const biased = variance[j]! / rows;
    inverse[j] = 1 / Math.sqrt(biased + normalisationEpsilon);
    moving.mean[j] = normalisationMomentum * moving.mean[j]! + (1 - normalisationMomentum) * mean[j]!;
    moving.variance[j] = normalisationMomentum * moving.variance[j]! + (1 - normalisationMomentum) * biased;
  }
  const normalised = new Float32Array(z.length);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < units; j++, k++) {
      normalised[k] = (z[k]! - mean[j]!) * inverse[j]!;
      z[k] = gamma[j]! * normalised[k]! + bias[j]!;
    }
  }
  return { normalised, inverse };
}

/** The same with the running statistics: what a trained network does. */
export function normaliseWithMoving(
  z: Float32Array,
  rows: number,
  { gamma, bias }: LayerParameters,
  moving: MovingStatistics,
): void {
  const units = gamma.length;
  for (let j = 0; j < units; j++) {
    const scale = gamma[j]! / Math.sqrt(moving.variance[j]! + normalisationEpsilon);
    const shift = bias[j]! - moving.mean[j]! * scale;
    for (let i = 0, k = j; i < rows; i++, k += units) z[k] = z[k]! * scale + shift;
  }
}

/** Turns the gradient by the outputs into that by the inputs, in place; fills the gradients of γ and β. */
export function normalisationGradient(
  d: Float32Array,
  rows: number,
  { gamma }: LayerParameters,
  { normalised, inverse }: NormalisationState,
  gradient: LayerParameters,
): void {
  const units = gamma.length;
  const sums = new Float64Array(units);
  const products = new Float64Array(units);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < units; j++, k++) {
      sums[j]! += d[k]!;
      products[j]! += d[k]! * normalised[k]!;
    }
  }
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < units; j++, k++) {
      const centred = d[k]! - (sums[j]! + normalised[k]! * products[j]!) / rows;
      d[k] = gamma[j]! * inverse[j]! * centred;
    }
  }
  gradient.bias.set(sums);
  gradient.gamma.set(products);
}
