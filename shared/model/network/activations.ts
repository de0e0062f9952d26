import { erf } from '../../algebra/error-function.ts';
import { normalDensity } from '../../algebra/normal-distribution.ts';
import type { HiddenActivation, OutputActivation } from './architecture.ts';

/** Names of the activations that act on each number by itself. */
export type Activation = HiddenActivation | Exclude<OutputActivation, 'softmax'>;

/** Klambauer et al. 2017, as Keras has them. */
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

function logistic(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

function softplus(z: number): number {
  return z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
}

/** Writes `activation(z[i])` to `out[i]` for i in [0, length); `out` may be `z`. */
export function activate(name: Activation, z: Float32Array, out: Float32Array, length: number): void {
  switch (name) {
    case 'linear':
      if (out !== z) out.set(length === z.length ? z : z.subarray(0, length));
      return;
    case 'relu':
      // Math.max has no branch, which the processor would guess wrong half of the time; 0 also where a sum overflowed.
      for (let i = 0; i < length; i++) out[i] = Math.max(z[i]!, 0);
      return;
    case 'tanh':
      for (let i = 0; i < length; i++) out[i] = Math.tanh(z[i]!);
      return;
    case 'sigmoid':
      for (let i = 0; i < length; i++) out[i] = logistic(z[i]!);
      return;
    case 'elu':
      for (let i = 0; i < length; i++) out[i] = z[i]! > 0 ? z[i]! : Math.expm1(z[i]!);
      return;
    case 'selu':
      for (let i = 0; i < length; i++) {
        out[i] = seluScale * (z[i]! > 0 ? z[i]! : seluAlpha * Math.expm1(z[i]!));
      }
      return;
    case 'softplus':
      for (let i = 0; i < length; i++) out[i] = softplus(z[i]!);
      return;
    case 'swish':
      for (let i = 0; i < length; i++) out[i] = z[i]! * logistic(z[i]!);
      return;
    case 'gelu':
      for (let i = 0; i < length; i++) out[i] = 0.5 * z[i]! * (1 + erf(z[i]! * Math.SQRT1_2));
      return;
  }
}

/**
 * Multiplies `gradient[i]` by the activation's derivative, for i in [0, length).
 *
 * @param z what went in.
 * @param h what came out.
 */
export function multiplyByDerivative(
  name: Activation,
  z: Float32Array,
  h: Float32Array,
  gradient: Float32Array,
  length: number,
): void {
  switch (name) {
    case 'linear':
      return;
    case 'relu':
      keepWherePositive(h, gradient, length);
      return;
    case 'tanh':
      for (let i = 0; i < length; i++) gradient[i]! *= 1 - h[i]! * h[i]!;
      return;
    case 'sigmoid':
      for (let i = 0; i < length; i++) gradient[i]! *= h[i]! * (1 - h[i]!);
      return;
    case 'elu':
      for (let i = 0; i < length; i++) if (!(z[i]! > 0)) gradient[i]! *= h[i]! + 1;
      return;
    case 'selu':
      for (let i = 0; i < length; i++) {
        gradient[i]! *= z[i]! > 0 ? seluScale : h[i]! + seluScale * seluAlpha;
      }
      return;
    case 'softplus':
      for (let i = 0; i < length; i++) gradient[i]! *= logistic(z[i]!);
      return;
    case 'swish':
      for (let i = 0; i < length; i++) {
        const s = logistic(z[i]!);
        gradient[i]! *= s + h[i]! * (1 - s);
      }
      return;
    case 'gelu':
      for (let i = 0; i < length; i++) {
        const x = z[i]!;
        gradient[i]! *= 0.5 * (1 + erf(x * Math.SQRT1_2)) + x * normalDensity(x);
      }
      return;
  }
}

/** Zeroes `gradient[i]` where `h[i]`, which is never negative, is 0: by bits, again without a branch. */
function keepWherePositive(h: Float32Array, gradient: Float32Array, length: number): void {
  const from = new Int32Array(h.buffer, h.byteOffset, length);
  const to = new Int32Array(gradient.buffer, gradient.byteOffset, length);
  for (let i = 0; i < length; i++) to[i]! &= -from[i]! >> 31;
}

/** Turns each row of `columns` sums into probabilities, in place. */
export function softmaxRows(values: Float32Array, rows: number, columns: number): void {
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let largest = values[start]!;
    for (let k = 1; k < columns; k++) if (values[start + k]! > largest) largest = values[start + k]!;
    let sum = 0;
    for (let k = 0; k < columns; k++) {
      const e = Math.exp(values[start + k]! - largest);
      values[start + k] = e;
      sum += e;
    }
    for (let k = 0; k < columns; k++) values[start + k]! /= sum;
  }
}
