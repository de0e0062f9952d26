import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { type Engine, loadEngine } from '../engine/engine.ts';
import { type MatrixProduct, tensorProduct } from '../engine/matrix-product.ts';
import { tensorFlowGradients } from '../testing/tensorflow-network.ts';
import type { Architecture, HiddenActivation, OutputActivation } from './architecture.ts';
import { createPass } from './backpropagation.ts';
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
        const their = tf.tidy(() => tensorFlowGradients(tf, { ...problem, ...draw }));
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
