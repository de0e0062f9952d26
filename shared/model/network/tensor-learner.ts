import type { TensorFlow } from '../engine/engine.ts';
import { tensorProduct } from '../engine/matrix-product.ts';
import { createAdam } from './adam.ts';
import { outputActivationOf } from './architecture.ts';
import { createPass } from './backpropagation.ts';
import type { DenseEngine, Learner, LearnerInput, WeightedRows } from './learner.ts';
import { lossOf } from './losses.ts';
import { copyParameters, emptyParameters } from './parameters.ts';
import { decayKernels, squaredKernels } from './penalty.ts';
import { createAverage } from './weight-average.ts';

/** Rows that one validation product holds at most. */
const validationRows = 4096;

/** Learns with TensorFlow.js's matrix products; everything that acts number by number is written out beside them. */
export function createTensorEngine(tf: TensorFlow): DenseEngine {
  const product = tensorProduct(tf);
  return { product, createLearner: (input) => createTensorLearner(input, product) };
}

function createTensorLearner(
  { architecture, initial, train, batch, l2, dropout, decay = 0, averagedSteps }: LearnerInput,
  product: DenseEngine['product'],
): Learner {
  const { inputs, outputs } = architecture;
  const parameters = emptyParameters(architecture);
  copyParameters(initial, parameters);
  const pass = createPass(architecture, parameters, product, l2);
  const loss = lossOf(outputActivationOf(architecture), outputs);
  const adam = createAdam(parameters.flat.length);
  const average = averagedSteps ? createAverage(parameters, averagedSteps) : undefined;
  const x = new Float32Array(batch * inputs);
  const targets = new Float32Array(batch);
  const weights = train.weights && new Float32Array(batch);
  const bySums = new Float32Array(batch * outputs);

  function step(order: Uint32Array, learningRate: number): number {
    const rows = order.length;
    for (let i = 0; i < rows; i++) {
      const row = order[i]!;
      for (let j = 0, k = row * inputs, o = i * inputs; j < inputs; j++) x[o + j] = train.x[k + j]!;
      targets[i] = train.targets[row]!;
      if (weights) weights[i] = train.weights![row]!;
    }
    const gradient = bySums.subarray(0, rows * outputs);
    const sums = pass.forward(x.subarray(0, rows * inputs), rows, dropout);
    const sum = loss(sums, rows, targets, weights, gradient);
    if (!Number.isFinite(sum)) return sum;
    const penalty = l2 > 0 ? l2 * squaredKernels(parameters) * rows : 0;
    pass.backward(gradient);
    if (decay > 0) decayKernels(parameters, learningRate * decay);
    adam.step(parameters.flat, pass.gradient.flat, learningRate);
    average?.follow();
    return sum + penalty;
  }

  function meanLoss(examples: WeightedRows): number {
    return average ? average.inPlace(() => lossNow(examples)) : lossNow(examples);
  }

  function lossNow(examples: WeightedRows): number {
    let total = 0;
    for (let from = 0; from < examples.rows; from += validationRows) {
      const to = Math.min(examples.rows, from + validationRows);
      const sums = pass.forward(examples.x.subarray(from * inputs, to * inputs), to - from);
      total += loss(
        sums,
        to - from,
        examples.targets.subarray(from, to),
        examples.weights?.subarray(from, to),
      );
    }
    return total / examples.rows;
  }

  return {
    step,
    meanLoss,
    read: (out) => copyParameters(average?.parameters ?? parameters, out),
    write: (from) => {
      copyParameters(from, parameters);
      if (average) copyParameters(from, average.parameters);
    },
  };
}
