import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { type Engine, loadEngine, type TensorFlow } from '../engine/engine.ts';
import { type MatrixProduct, tensorProduct } from '../engine/matrix-product.ts';
import type { Architecture, HiddenActivation, OutputActivation } from './architecture.ts';
import { createPass } from './backpropagation.ts';
import { normalisationEpsilon } from './batch-normalisation.ts';
import { lossOf } from './losses.ts';
import { initialParameters, type Parameters } from './parameters.ts';
import { squaredKernels } from './penalty.ts';

const activations = ['relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'swish', 'gelu'] as const;

/** Without a kink at 0, where differences would straddle it. */
const smooth = ['tanh', 'sigmoid', 'elu', 'softplus', 'swish', 'gelu'] as const;

interface Problem {
  architecture: Architecture;
  output: OutputActivation;
  rows: number;
  l2: number;
  weighted: boolean;
  seed: number;
}

const problems = fc
  .record({
    inputs: fc.integer({ min: 1, max: 5 }),
    hidden: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
    activation: fc.constantFrom(...activations),
    batchNorm: fc.boolean(),
    output: fc.constantFrom<OutputActivation>('linear', 'sigmoid', 'softmax'),
    rows: fc.integer({ min: 2, max: 9 }),
    l2: fc.constantFrom(0, 0.03),
    weighted: fc.boolean(),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .map(({ inputs, hidden, activation, batchNorm, output, ...rest }): Problem => {
    return { architecture: architecture(inputs, hidden, activation, batchNorm, 0, output), output, ...rest };
  });

function architecture(
  inputs: number,
  hidden: readonly number[],
  activation: HiddenActivation,
  batchNorm: boolean,
  dropout: number,
  output: OutputActivation,
): Architecture {
  const outputs = output === 'softmax' ? 3 : 1;
  const widths = [inputs, ...hidden];
  return {
    inputs,
    outputs,
    layers: [
      ...hidden.map((units, i) => ({ inputs: widths[i]!, units, activation, batchNorm, dropout })),
      { inputs: widths.at(-1)!, units: outputs, activation: output, batchNorm: false, dropout: 0 },
    ],
  };
}

/** Random numbers for a problem: parameters (no zero biases, so that every gradient shows), inputs, targets. */
function drawn({ architecture: plan, output, rows, weighted, seed }: Problem) {
  const random = createRandom(seed);
  const parameters = initialParameters(plan, random);
  for (let k = 0; k < parameters.flat.length; k++) parameters.flat[k]! += 0.3 * random.normal();
  const x = Float32Array.from({ length: rows * plan.inputs }, () => random.normal());
  const targets = Float32Array.from({ length: rows }, () =>
    output === 'linear' ? random.normal() : random.integer(output === 'sigmoid' ? 2 : 3),
  );
  const weights = weighted ? Float32Array.from({ length: rows }, () => 0.5 + random.next()) : undefined;
  return { parameters, x, targets, weights };
}

/** Our loss and gradient. */
function ours(problem: Problem, draw: ReturnType<typeof drawn>, product: MatrixProduct, dropout: Random) {
  const { architecture: plan, output, rows, l2 } = problem;
  const pass = createPass(plan, draw.parameters, product, l2);
  const bySums = new Float32Array(rows * plan.outputs);
  const sums = pass.forward(draw.x, rows, dropout);
  const total = lossOf(output, plan.outputs)(sums, rows, draw.targets, draw.weights, bySums);
  pass.backward(bySums);
  return { loss: total / rows + l2 * squaredKernels(draw.parameters), gradient: pass.gradient };
}

/** The same loss in TensorFlow's operations, differentiated by TensorFlow. */
function theirs(tf: TensorFlow, problem: Problem, draw: ReturnType<typeof drawn>) {
  const { architecture: plan, output, rows, l2 } = problem;
  const variables = draw.parameters.layers.flatMap(({ kernel, bias, gamma }, l) => {
    const { inputs, units, batchNorm } = plan.layers[l]!;
    const own = [tf.tensor(kernel, [inputs, units]), tf.tensor(bias, [units])];
    return batchNorm ? [...own, tf.tensor(gamma, [units])] : own;
  });
  const x = tf.tensor2d(draw.x, [rows, plan.inputs]);
  const weights = tf.tensor1d(draw.weights ?? new Float32Array(rows).fill(1));
  const loss = (...all: (typeof variables)[number][]) => {
    let h: (typeof variables)[number] = x;
    let penalty: (typeof variables)[number] = tf.scalar(0);
    let next = 0;
    for (const [l, layer] of plan.layers.entries()) {
      const kernel = all[next++]!;
      const bias = all[next++]!;
      let z = tf.matMul(h, kernel);
      if (layer.batchNorm) {
        const { mean, variance } = tf.moments(z, 0);
        const spread = tf.sqrt(tf.add(variance, normalisationEpsilon));
        z = tf.add(tf.mul(tf.div(tf.sub(z, mean), spread), all[next++]!), bias);
      } else z = tf.add(z, bias);
      penalty = tf.add(penalty, tf.mul(l2, tf.sum(tf.square(kernel))));
      h = l === plan.layers.length - 1 ? z : activation(tf, layer.activation, z);
    }
    return tf.add(tf.mean(tf.mul(weights, rowLosses(tf, output, h, draw.targets))), penalty).asScalar();
  };
  const gradients = tf.grads(loss)(variables);
  return {
    loss: loss(...variables).dataSync()[0]!,
    gradients: gradients.map((g) => g.dataSync<'float32'>()),
  };
}

function activation(tf: TensorFlow, name: string, z: ReturnType<TensorFlow['relu']>) {
  switch (name) {
    case 'swish':
      return tf.mul(z, tf.sigmoid(z));
    case 'gelu':
      return tf.mul(tf.mul(0.5, z), tf.add(1, tf.erf(tf.mul(z, Math.SQRT1_2))));
    case 'relu':
      return tf.relu(z);
    case 'tanh':
      return tf.tanh(z);
    case 'sigmoid':
      return tf.sigmoid(z);
    case 'elu':
      return tf.elu(z);
    case 'selu':
      return tf.selu(z);
    case 'softplus':
      return tf.softplus(z);
    default:
      throw new RangeError(name);
  }
}

function rowLosses(
  tf: TensorFlow,
  output: OutputActivation,
  sums: ReturnType<TensorFlow['relu']>,
  targets: Float32Array,
) {
  const rows = targets.length;
  if (output === 'softmax') {
    const hot = tf.cast(tf.oneHot(tf.tensor1d(targets, 'int32'), 3), 'float32');
    return tf.neg(tf.sum(tf.mul(hot, tf.logSoftmax(sums)), 1));
  }
  const z = tf.reshape(sums, [rows]);
  const y = tf.tensor1d(targets);
  return output === 'linear' ? tf.squaredDifference(z, y) : tf.sub(tf.softplus(z), tf.mul(y, z));
}

describe('backpropagation', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine('cpu', silentLogger);
  });

  test('agrees with the gradients of TensorFlow over random networks, losses and batches', () => {
    const { tf } = engine;
    fc.assert(
      fc.property(problems, (problem) => {
        const draw = drawn(problem);
        const our = ours(problem, draw, tensorProduct(tf), createRandom(1));
        const their = tf.tidy(() => theirs(tf, problem, draw));
        expect(our.loss).toBeCloseTo(their.loss, 4);
        const gradients = our.gradient.layers.flatMap(({ kernel, bias, gamma }) =>
          gamma.length > 0 ? [kernel, bias, gamma] : [kernel, bias],
        );
        for (const [v, gradient] of gradients.entries()) {
          const truth = their.gradients[v]!;
          const scale = Math.max(1, ...truth.map(Math.abs));
          for (const [k, value] of gradient.entries()) {
            expect(Math.abs(value - truth[k]!) / scale).toBeLessThan(2e-5);
          }
        }
      }),
      { numRuns: 300, seed: 20261101 },
    );
  });

  test('agrees with numerical differences, masks of dropout included', () => {
    for (const [i, name] of smooth.entries()) {
      const plan = architecture(4, [6, 5], name, i % 2 === 0, 0.4, 'softmax');
      const problem: Problem = {
        architecture: plan,
        output: 'softmax',
        rows: 12,
        l2: 0.01,
        weighted: true,
        seed: 7 + i,
      };
      const draw = drawn(problem);
      const product = tensorProduct(engine.tf);
      const { gradient } = ours(problem, draw, product, createRandom(3));
      const analytic = gradient.flat.slice();
      const h = 0.02;
      for (let k = 0; k < analytic.length; k++) {
        const shifted = (by: number) => {
          const parameters: Parameters = initialParameters(plan, createRandom(1));
          parameters.flat.set(draw.parameters.flat);
          parameters.flat[k]! += by;
          return ours(problem, { ...draw, parameters }, product, createRandom(3)).loss;
        };
        const slope = (by: number) => (shifted(by) - shifted(-by)) / (2 * by);
        // Richardson's extrapolation: the error of second order cancels.
        const numeric = (4 * slope(h / 2) - slope(h)) / 3;
        expect(Math.abs(numeric - analytic[k]!)).toBeLessThan(5e-4 * Math.max(1, Math.abs(analytic[k]!)));
      }
    }
  });

  test('leaves no tensor behind', () => {
    const before = engine.tf.memory().numTensors;
    const [problem] = fc.sample(problems, { numRuns: 1, seed: 5 });
    ours(problem!, drawn(problem!), tensorProduct(engine.tf), createRandom(1));
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});
