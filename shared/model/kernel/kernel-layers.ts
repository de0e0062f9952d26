import type { Architecture, LayerPlan } from '../network/architecture.ts';
import type { Parameters } from '../network/parameters.ts';
import { activationKinds, padded } from './kernel.ts';
import type { MemoryPlan } from './memory-plan.ts';

/** Where one layer's numbers lie in the kernel's memory: addresses in bytes, sizes padded to multiples of four. */
export interface KernelLayer {
  readonly plan: LayerPlan;
  /** The activation's number; the output's sums are left as they are. */
  readonly activation: number;
  readonly inputs: number;
  readonly units: number;
  /** inputs × units. */
  readonly kernel: number;
  readonly bias: number;
  /** Batch normalisation's arrays, by unit; 0 without it. */
  readonly gamma: number;
  readonly movingMean: number;
  readonly movingVariance: number;
  readonly inverse: number;
  /** Averages of the running statistics; 0 where weights are not averaged. */
  readonly averageMean: number;
  readonly averageVariance: number;
  /** The following are rows × units: what the activation sees, gives, and what the next layer gets. */
  readonly sums: number;
  readonly result: number;
  readonly output: number;
  /** 0 without dropout. */
  readonly mask: number;
  /** 0 without batch normalisation. */
  readonly normalised: number;
  /** The gradient by the sums. */
  readonly slopes: number;
}

/** The flat arrays, which the optimiser walks. */
export interface KernelWeights {
  readonly length: number;
  readonly weights: number;
  readonly gradient: number;
  readonly first: number;
  readonly second: number;
  /** The average of the weights; 0 where they are not averaged. */
  readonly average: number;
}

/** Activations whose derivative needs what went in: their result does not overwrite it. */
const keepsSums = new Set<string>(['swish', 'gelu']);

/** Takes the memory of a network's weights and of its layers over `rows` rows. */
export function planLayers({ layers }: Architecture, rows: number, memory: MemoryPlan, averages: boolean) {
  const sizes = layers.map((layer) => {
    const units = padded(layer.units);
    return padded(layer.inputs) * units + units + (layer.batchNorm ? units : 0);
  });
  const length = sizes.reduce((sum, size) => sum + size, 0);
  const flat: KernelWeights = {
    length,
    weights: memory.take(length),
    gradient: memory.take(length),
    first: memory.take(length),
    second: memory.take(length),
    average: averages ? memory.take(length) : 0,
  };
  let next = flat.weights;
  const planned = layers.map((plan, l): KernelLayer => {
    const inputs = padded(plan.inputs);
    const units = padded(plan.units);
    const start = next;
    next += 4 * sizes[l]!;
    const bias = start + 4 * inputs * units;
    const { batchNorm, activation } = plan;
    const statistics = () => (batchNorm ? memory.take(units) : 0);
    const sums = memory.take(rows * units);
    const isOutput = l === layers.length - 1;
    const result = !isOutput && keepsSums.has(activation) ? memory.take(rows * units) : sums;
    const drops = plan.dropout > 0;
    return {
      plan,
      activation: isOutput || activation === 'softmax' ? activationKinds.linear : activationKinds[activation],
      inputs,
      units,
      kernel: start,
      bias,
      gamma: batchNorm ? bias + 4 * units : 0,
      movingMean: statistics(),
      movingVariance: statistics(),
      inverse: statistics(),
      averageMean: averages ? statistics() : 0,
      averageVariance: averages ? statistics() : 0,
      sums,
      result,
      output: drops ? memory.take(rows * units) : result,
      mask: drops ? memory.take(rows * units) : 0,
      normalised: batchNorm ? memory.take(rows * units) : 0,
      slopes: memory.take(rows * units),
    };
  });
  return { flat, layers: planned };
}

/** Copies parameters into the kernel's memory; what pads the rows there is zero and stays so. */
export function writeParameters(
  memory: Float32Array,
  layers: readonly KernelLayer[],
  from: Parameters,
): void {
  for (const [l, layer] of layers.entries()) {
    const { kernel, bias, gamma } = from.layers[l]!;
    const { plan, units } = layer;
    for (let i = 0; i < plan.inputs; i++) {
      memory.set(kernel.subarray(i * plan.units, (i + 1) * plan.units), layer.kernel / 4 + i * units);
    }
    memory.set(bias, layer.bias / 4);
    if (!plan.batchNorm) continue;
    memory.set(gamma, layer.gamma / 4);
    memory.set(from.moving[l]!.mean, layer.movingMean / 4);
    memory.set(from.moving[l]!.variance, layer.movingVariance / 4);
  }
}

/**
 * Copies the kernel's numbers into parameters of the network's shape.
 *
 * @param shift in bytes, from the weights to another flat array of their shape.
 */
export function readParameters(
  memory: Float32Array,
  layers: readonly KernelLayer[],
  out: Parameters,
  shift = 0,
): void {
  const read = (address: number, target: Float32Array) =>
    target.set(memory.subarray(address / 4, address / 4 + target.length));
  for (const [l, layer] of layers.entries()) {
    const { kernel, bias, gamma } = out.layers[l]!;
    const { plan, units } = layer;
    for (let i = 0; i < plan.inputs; i++) {
      read(layer.kernel + shift + 4 * i * units, kernel.subarray(i * plan.units, (i + 1) * plan.units));
    }
    read(layer.bias + shift, bias);
    if (!plan.batchNorm) continue;
    read(layer.gamma + shift, gamma);
    read(layer.movingMean, out.moving[l]!.mean);
    read(layer.movingVariance, out.moving[l]!.variance);
  }
}
