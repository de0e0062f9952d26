import type { Random } from '../../platform/random.ts';
import { type MatrixProduct, transpose } from '../engine/matrix-product.ts';
import { activate, multiplyByDerivative } from './activations.ts';
import type { Architecture, LayerPlan } from './architecture.ts';
import {
  type NormalisationState,
  normalisationGradient,
  normaliseBatch,
  normaliseWithMoving,
} from './batch-normalisation.ts';
import { emptyParameters, type Parameters } from './parameters.ts';

/** A network's two directions over one batch. The activation of the output belongs to the loss. */
export interface NetworkPass {
  /** Gradient of the last `backward`, in the parameters' shape. */
  readonly gradient: Parameters;
  /**
   * The last layer's sums, rows × outputs.
   *
   * @param x row-major rows × inputs.
   * @param dropout draws the masks; absent: not training, running statistics, nothing dropped.
   */
  forward(x: Float32Array, rows: number, dropout?: Random): Float32Array;
  /** Fills `gradient` from the gradient by the last sums, after a training `forward`; penalty included. */
  backward(bySums: Float32Array): void;
}

/** One layer's trace of a forward pass. */
interface Trace {
  input: Float32Array;
  /** Sums as the activation saw them. */
  z: Float32Array;
  /** The activation's result, before dropout. */
  h: Float32Array;
  mask: Float32Array | undefined;
  normalisation: NormalisationState | undefined;
}

/** Whether the derivative needs only what came out, so that the result may overwrite the sums. */
const worksInPlace = new Set(['linear', 'relu', 'tanh', 'sigmoid']);

/**
 * Forward and backward written out for dense networks: matrix products by the engine, everything that acts number
 * by number in place here, since a kernel launch costs more than such a loop.
 *
 * @param l2 penalty on squared kernel weights: adds 2·l2·w to the gradient.
 * @throws RangeError for an architecture without layers, or with softmax before the last.
 */
export function createPass(
  architecture: Architecture,
  parameters: Parameters,
  product: MatrixProduct,
  l2: number,
): NetworkPass {
  const gradient = emptyParameters(architecture);
  const traces: Trace[] = [];
  const last = architecture.layers.length - 1;
  let batch = 0;

  function forward(x: Float32Array, rows: number, dropout?: Random): Float32Array {
    batch = rows;
    let input = x;
    for (const [l, plan] of architecture.layers.entries()) {
      const own = parameters.layers[l]!;
      const z = product(input, own.kernel, rows, plan.inputs, plan.units);
      let normalisation: NormalisationState | undefined;
      if (!plan.batchNorm) addBias(z, own.bias, rows);
      else if (dropout) normalisation = normaliseBatch(z, rows, own, parameters.moving[l]!);
      else normaliseWithMoving(z, rows, own, parameters.moving[l]!);
      if (l === last) {
        traces[l] = { input, z, h: z, mask: undefined, normalisation };
        return z;
      }
      const h = activated(plan, z, dropout !== undefined);
      const mask = dropout && plan.dropout > 0 ? drawMask(h.length, plan.dropout, dropout) : undefined;
      traces[l] = { input, z, h, mask, normalisation };
      input = mask ? h.map((value, i) => value * mask[i]!) : h;
    }
    throw new RangeError('a network has at least one layer');
  }

  function backward(bySums: Float32Array): void {
    let d = bySums;
    for (let l = last; l >= 0; l--) {
      const { inputs, units, activation, batchNorm } = architecture.layers[l]!;
      const trace = traces[l]!;
      const own = gradient.layers[l]!;
      if (l < last && activation !== 'softmax') {
        if (trace.mask) for (let i = 0; i < d.length; i++) d[i]! *= trace.mask[i]!;
        multiplyByDerivative(activation, trace.z, trace.h, d, d.length);
      }
      if (batchNorm) normalisationGradient(d, batch, parameters.layers[l]!, trace.normalisation!, own);
      else sumColumns(d, batch, units, own.bias);
      const turned = new Float32Array(batch * inputs);
      transpose(trace.input, batch, inputs, turned);
      const kernel = parameters.layers[l]!.kernel;
      own.kernel.set(product(turned, d, inputs, batch, units));
      if (l2 > 0) for (let k = 0; k < kernel.length; k++) own.kernel[k]! += 2 * l2 * kernel[k]!;
      if (l === 0) return;
      const turnedKernel = new Float32Array(kernel.length);
      transpose(kernel, inputs, units, turnedKernel);
      d = product(d, turnedKernel, batch, units, inputs);
    }
  }

  return { gradient, forward, backward };
}

function activated(plan: LayerPlan, z: Float32Array, training: boolean): Float32Array {
  if (plan.activation === 'softmax') throw new RangeError('softmax is for the last layer');
  const h = training && !worksInPlace.has(plan.activation) ? new Float32Array(z.length) : z;
  activate(plan.activation, z, h, z.length);
  return h;
}

/** Inverted dropout (Srivastava et al. 2014): what stays is scaled up, so that prediction needs no change. */
function drawMask(length: number, rate: number, random: Random): Float32Array {
  const mask = new Float32Array(length);
  const kept = 1 / (1 - rate);
  for (let i = 0; i < length; i++) mask[i] = random.next() < rate ? 0 : kept;
  return mask;
}

function addBias(z: Float32Array, bias: Float32Array, rows: number): void {
  const units = bias.length;
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < units; j++, k++) z[k]! += bias[j]!;
}

function sumColumns(values: Float32Array, rows: number, columns: number, out: Float32Array): void {
  out.fill(0);
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < columns; j++, k++) out[j]! += values[k]!;
}
