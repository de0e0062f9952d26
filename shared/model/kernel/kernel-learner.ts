import { adamConstants, adamRate } from '../network/adam.ts';
import { outputActivationOf } from '../network/architecture.ts';
import { normalisationEpsilon, normalisationMomentum } from '../network/batch-normalisation.ts';
import type { Learner, LearnerInput, WeightedRows } from '../network/learner.ts';
import type { Parameters } from '../network/parameters.ts';
import { type Kernel, lossKinds, padded, startKernel } from './kernel.ts';
import { createKernelAverage } from './kernel-average.ts';
import { type KernelLayer, planLayers, readParameters, writeParameters } from './kernel-layers.ts';
import { createGather } from './kernel-rows.ts';
import { createMemoryPlan } from './memory-plan.ts';

/**
 * Rows that pass through the network together: their numbers stay in the caches. A larger batch is the sum of such
 * blocks, except under batch normalisation, whose statistics are of the whole batch.
 */
const blockRows = 64;

/** A learner that shows the gradient of its last step. */
export interface KernelLearner extends Learner {
  readGradient(out: Parameters): void;
}

/** A dense network in a kernel's memory. Equal inputs give equal bits on every machine. */
export function createKernelLearner(module: WebAssembly.Module, input: LearnerInput): KernelLearner {
  const { architecture, train, l2, dropout, decay = 0, averagedSteps } = input;
  const kernel = startKernel(module);
  const whole = architecture.layers.some(({ batchNorm }) => batchNorm);
  const block = whole ? Math.max(input.batch, 1) : Math.min(input.batch, blockRows);
  const plan = createMemoryPlan(kernel);
  const { flat, layers } = planLayers(architecture, block, plan, averagedSteps !== undefined);
  const inputs = padded(architecture.inputs);
  const x = plan.take(block * inputs);
  const targets = plan.take(block);
  const rowWeights = plan.take(block);
  const zeros = plan.take(Math.max(...layers.map(({ inputs: width, units }) => Math.max(width, units))));
  const scrap = plan.take(1);
  const turned = plan.take(Math.max(...layers.map((layer) => layer.inputs * layer.units)));
  const memory = plan.open();
  writeParameters(memory, layers, input.initial);
  const gather = createGather(memory, architecture.inputs, {
    ...{ x: x >>> 2, targets: targets >>> 2, weights: rowWeights >>> 2, scrap: scrap >>> 2 },
    stride: inputs,
  });
  const average = createKernelAverage(kernel, memory, { flat, layers }, averagedSteps);
  average.restart();

  const output = layers.at(-1)!;
  const kind = lossKinds[outputActivationOf(architecture)];
  const rateOf = adamRate();

  function drawMask({ mask, plan: { units, dropout: rate }, units: width }: KernelLayer, rows: number): void {
    // Inverted dropout (Srivastava et al. 2014): what stays is scaled up, so that prediction needs no change.
    const kept = 1 / (1 - rate);
    const dropped = rate * 2 ** 32;
    for (let i = 0, o = mask / 4; i < rows; i++, o += width) {
      for (let j = 0; j < units; j++) memory[o + j] = dropout.uint32() < dropped ? 0 : kept;
    }
  }

  function forward(rows: number, training: boolean): void {
    let from = x;
    for (const layer of layers) {
      const { sums, result, units, plan: own } = layer;
      const start = own.batchNorm ? zeros : layer.bias;
      const row = 4 * layer.inputs;
      kernel.product(
        from,
        row,
        4,
        layer.kernel,
        4 * units,
        start,
        0,
        sums,
        4 * units,
        rows,
        layer.inputs,
        units,
      );
      if (own.batchNorm) normalise(kernel, layer, rows, training);
      if (layer === output) return;
      kernel.activate(layer.activation, sums, result, rows * units);
      if (own.units < units) kernel.clearPadding(result, rows, own.units, units);
      from = result;
      if (!training || layer.mask === 0) continue;
      drawMask(layer, rows);
      kernel.multiply(result, layer.mask, layer.output, rows * units);
      from = layer.output;
    }
  }

  /** Fills the gradient, or adds to it what a further block of the batch brings. */
  function backward(rows: number, further: boolean): void {
    const shift = flat.gradient - flat.weights;
    for (let l = layers.length - 1; l >= 0; l--) {
      const layer = layers[l]!;
      const { units, slopes, kernel: weights } = layer;
      const size = rows * units;
      if (layer !== output) {
        if (layer.mask !== 0) kernel.multiply(slopes, layer.mask, slopes, size);
        kernel.multiplyByDerivative(layer.activation, layer.sums, layer.result, slopes, size);
      }
      const bias = layer.bias + shift;
      if (layer.plan.batchNorm) {
        const { gamma, normalised, inverse } = layer;
        kernel.normalisationGradient(slopes, rows, units, gamma, normalised, inverse, gamma + shift, bias);
      } else kernel.sumColumns(slopes, rows, units, further ? bias : zeros, bias);
      const below = layers[l - 1];
      const to = weights + shift;
      const width = 4 * units;
      const start = further ? to : zeros;
      const from = below ? below.output : x;
      kernel.product(
        from,
        4,
        4 * layer.inputs,
        slopes,
        width,
        start,
        further ? width : 0,
        to,
        width,
        layer.inputs,
        rows,
        units,
      );
      if (!below) return;
      kernel.transpose(weights, layer.inputs, units, turned);
      const down = 4 * layer.inputs;
      kernel.product(slopes, width, 4, turned, down, zeros, 0, below.slopes, down, rows, units, layer.inputs);
    }
  }

  function lossOf(rows: number, weighted: boolean, batch: number, gradient: number): number {
    const weights = weighted ? rowWeights : 0;
    const { outputs } = architecture;
    return kernel.loss(kind, output.sums, rows, outputs, output.units, targets, weights, batch, gradient);
  }

  function step(order: Uint32Array, learningRate: number): number {
    let total = 0;
    for (let from = 0; from < order.length; from += block) {
      const rows = Math.min(block, order.length - from);
      gather(train, order, from, rows);
      forward(rows, true);
      const sum = lossOf(rows, train.weights !== undefined, order.length, output.slopes);
      if (!Number.isFinite(sum)) return sum;
      total += sum;
      backward(rows, from > 0);
    }
    if (l2 > 0) {
      let squares = 0;
      for (const { kernel: weights, inputs, units } of layers) {
        squares += kernel.penalise(weights, weights + flat.gradient - flat.weights, inputs * units, l2);
      }
      total += l2 * squares * order.length;
    }
    const { weights, gradient, first, second, length } = flat;
    if (decay > 0) {
      for (const { kernel: own, inputs, units } of layers)
        kernel.decay(own, inputs * units, learningRate * decay);
    }
    const { beta1, beta2, epsilon } = adamConstants;
    kernel.adam(weights, gradient, first, second, length, rateOf(learningRate), beta1, beta2, epsilon);
    average.follow();
    return total;
  }

  function lossNow(examples: WeightedRows): number {
    let total = 0;
    for (let from = 0; from < examples.rows; from += block) {
      const rows = Math.min(block, examples.rows - from);
      gather(examples, undefined, from, rows);
      forward(rows, false);
      total += lossOf(rows, examples.weights !== undefined, rows, 0);
    }
    return total / examples.rows;
  }

  return {
    step,
    meanLoss: (examples) => average.inPlace(() => lossNow(examples)),
    read: (out) => average.inPlace(() => readParameters(memory, layers, out)),
    readGradient: (out) => readParameters(memory, layers, out, flat.gradient - flat.weights),
    write: (from) => {
      writeParameters(memory, layers, from);
      average.restart();
    },
  };
}

function normalise(kernel: Kernel, layer: KernelLayer, rows: number, training: boolean): void {
  const { sums, units, gamma, bias, movingMean, movingVariance, normalised, inverse } = layer;
  const epsilon = normalisationEpsilon;
  if (!training) {
    kernel.normaliseWithMoving(sums, rows, units, gamma, bias, movingMean, movingVariance, epsilon);
    return;
  }
  kernel.normaliseBatch(
    ...([sums, rows, units, gamma, bias, movingMean, movingVariance, normalised, inverse, epsilon] as const),
    normalisationMomentum,
  );
}
