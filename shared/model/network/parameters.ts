import type { Random } from '../../platform/random.ts';
import type { Architecture, LayerPlan } from './architecture.ts';

/** One layer's numbers: views into the network's flat arrays. */
export interface LayerParameters {
  /** Row-major inputs × units. */
  readonly kernel: Float32Array;
  /** The bias; with batch normalisation its shift, beta. */
  readonly bias: Float32Array;
  /** Batch normalisation's scale; empty without it. */
  readonly gamma: Float32Array;
}

/** Running mean and variance of a layer's sums, by unit; empty without batch normalisation. */
export interface MovingStatistics {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** All that a network learns: one flat array, which the optimiser walks, and each layer's views into it. */
export interface Parameters {
  readonly flat: Float32Array;
  readonly layers: readonly LayerParameters[];
  /** Not learned by gradient: followed while training. */
  readonly moving: readonly MovingStatistics[];
}

/** Zeros of an architecture's shape: parameters or their gradient. */
export function emptyParameters(architecture: Architecture): Parameters {
  const size = (l: LayerPlan) => l.inputs * l.units + l.units + (l.batchNorm ? l.units : 0);
  const flat = new Float32Array(architecture.layers.reduce((sum, layer) => sum + size(layer), 0));
  let offset = 0;
  const view = (length: number) => {
    offset += length;
    return flat.subarray(offset - length, offset);
  };
  const layers = architecture.layers.map((layer) => ({
    kernel: view(layer.inputs * layer.units),
    bias: view(layer.units),
    gamma: view(layer.batchNorm ? layer.units : 0),
  }));
  const moving = architecture.layers.map((layer) => {
    const units = layer.batchNorm ? layer.units : 0;
    return { mean: new Float32Array(units), variance: new Float32Array(units).fill(1) };
  });
  return { flat, layers, moving };
}

/**
 * Initial weights: He uniform before rectifiers (He et al. 2015), LeCun uniform before selu
 * (Klambauer et al. 2017), Glorot uniform elsewhere (Glorot and Bengio 2010); biases zero, scales one.
 */
export function initialParameters(architecture: Architecture, random: Random): Parameters {
  const parameters = emptyParameters(architecture);
  for (const [i, layer] of architecture.layers.entries()) {
    const { kernel, gamma } = parameters.layers[i]!;
    const limit = Math.sqrt(3 * varianceOf(layer));
    for (let k = 0; k < kernel.length; k++) kernel[k] = (2 * random.next() - 1) * limit;
    gamma.fill(1);
  }
  return parameters;
}

function varianceOf(layer: LayerPlan): number {
  switch (layer.activation) {
    case 'relu':
    case 'elu':
    case 'softplus':
    case 'swish':
    case 'gelu':
      return 2 / layer.inputs;
    case 'selu':
      return 1 / layer.inputs;
    default:
      return 2 / (layer.inputs + layer.units);
  }
}

/** Copies one network's numbers into another of the same shape. */
export function copyParameters(from: Parameters, to: Parameters): void {
  to.flat.set(from.flat);
  for (const [i, moving] of from.moving.entries()) {
    to.moving[i]!.mean.set(moving.mean);
    to.moving[i]!.variance.set(moving.variance);
  }
}
