import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { type Engine, loadEngine, type TensorFlow } from '../engine/engine.ts';
import { architectureOf, type OutputActivation } from '../network/architecture.ts';
import { type ModelJson, saveNetwork } from '../network/layers-format.ts';
import { initialParameters } from '../network/parameters.ts';
import { parseNetwork } from './network.ts';

type Layer = Parameters<TensorFlow['sequential']>[0] extends { layers?: (infer L)[] } | undefined ? L : never;

const names = [
  'linear',
  'relu',
  'tanh',
  'sigmoid',
  'elu',
  'selu',
  'softplus',
  'swish',
  'gelu',
  'softmax',
] as const;

/** What one random layer of a network is. */
const layerPlan = fc.oneof(
  fc.record({
    type: fc.constant('dense' as const),
    units: fc.integer({ min: 1, max: 19 }),
    activation: fc.constantFrom(...names),
    useBias: fc.boolean(),
  }),
  fc.record({ type: fc.constant('activation' as const), activation: fc.constantFrom(...names) }),
  fc.record({ type: fc.constant('norm' as const), scale: fc.boolean(), center: fc.boolean() }),
  fc.record({ type: fc.constant('dropout' as const) }),
);

type LayerPlan = typeof layerPlan extends fc.Arbitrary<infer T> ? T : never;

const networks = fc.record({
  inputs: fc.integer({ min: 1, max: 13 }),
  layers: fc.array(layerPlan, { maxLength: 6 }),
  units: fc.integer({ min: 1, max: 5 }),
  rows: fc.integer({ min: 1, max: 140 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

/** A network of TensorFlow's own making with random weights, saved by TensorFlow's own writer. */
async function savedByTensorFlow(
  tf: TensorFlow,
  plan: { inputs: number; layers: readonly ReturnType<typeof toLayer>[]; seed: number },
): Promise<{ model: ReturnType<TensorFlow['sequential']>; modelJson: unknown; weights: Uint8Array }> {
  const model = tf.sequential({ layers: [...plan.layers] });
  const random = createRandom(plan.seed);
  model.setWeights(
    model.weights.map((weight) => {
      const size = weight.shape.reduce<number>((product, side) => product * side!, 1);
      const positive = weight.name.includes('variance');
      const values = Float32Array.from({ length: size }, () =>
        positive ? 0.1 + random.next() : 0.7 * random.normal(),
      );
      return tf.tensor(
        values,
        weight.shape.map((side) => side!),
      );
    }),
  );
  let saved: { modelJson: unknown; weights: Uint8Array } | undefined;
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const parts = [weightData!].flat();
      saved = {
        modelJson: { modelTopology, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs! }] },
        weights: Buffer.concat(parts.map((part) => new Uint8Array(part))),
      };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return { model, ...saved! };
}

function toLayer(tf: TensorFlow, plan: LayerPlan, first: { inputShape?: number[] }): Layer {
  switch (plan.type) {
    case 'dense':
      return tf.layers.dense({
        units: plan.units,
        activation: plan.activation,
        useBias: plan.useBias,
        ...first,
      });
    case 'activation':
      return tf.layers.activation({ activation: plan.activation, ...first });
    case 'norm':
      return tf.layers.batchNormalization({ scale: plan.scale, center: plan.center, ...first });
    case 'dropout':
      return tf.layers.dropout({ rate: 0.3, ...first });
  }
}

/** Largest difference, relative to numbers above one. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs(a[i]! - b[i]!) / Math.max(1, Math.abs(b[i]!)));
  }
  return largest;
}

describe('the predictor', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine('cpu', silentLogger);
  });

  test('agrees with TensorFlow over random networks, layouts and activations', async () => {
    const { tf } = engine;
    await fc.assert(
      fc.asyncProperty(networks, async (plan) => {
        const plans = [
          ...plan.layers,
          { type: 'dense', units: plan.units, activation: 'linear', useBias: true } as const,
        ];
        const layers = plans.map((layer, i) =>
          toLayer(tf, layer, i === 0 ? { inputShape: [plan.inputs] } : {}),
        );
        const { model, modelJson, weights } = await savedByTensorFlow(tf, { ...plan, layers });
        const random = createRandom(plan.seed + 1);
        const x = Float32Array.from({ length: plan.rows * plan.inputs }, () => random.normal());
        const expected = tf.tidy(() => {
          const answer = model.predict(tf.tensor2d(x, [plan.rows, plan.inputs]));
          return Array.isArray(answer) ? [] : answer.dataSync();
        });
        model.dispose();
        const network = parseNetwork(modelJson, weights);
        expect(network.inputs).toBe(plan.inputs);
        expect(distance(network.predict(x, plan.rows), expected)).toBeLessThan(1e-5);
      }),
      { numRuns: 200, seed: 20261101 },
    );
  });

  test('agrees with TensorFlow on networks that the trainer saves', async () => {
    const { tf } = engine;
    const plans = fc.record({
      inputs: fc.integer({ min: 1, max: 9 }),
      hidden: fc.array(fc.integer({ min: 1, max: 17 }), { maxLength: 3 }),
      activation: fc.constantFrom('relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'swish', 'gelu'),
      batchNorm: fc.boolean(),
      output: fc.constantFrom<OutputActivation>('linear', 'sigmoid', 'softmax'),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    await fc.assert(
      fc.asyncProperty(plans, async ({ inputs, hidden, activation, batchNorm, output, seed }) => {
        const options = { layers: hidden, activation, dropout: 0.2, 'batch-norm': batchNorm };
        const units = output === 'softmax' ? 4 : 1;
        const architecture = architectureOf(inputs, options, { units, activation: output });
        const random = createRandom(seed);
        const parameters = initialParameters(architecture, random);
        for (let k = 0; k < parameters.flat.length; k++) parameters.flat[k]! += 0.2 * random.normal();
        for (const { mean, variance } of parameters.moving) {
          for (let k = 0; k < mean.length; k++) {
            mean[k] = random.normal();
            variance[k] = 0.2 + random.next();
          }
        }
        const scale = output === 'linear' ? { mean: 20, deviation: 8 } : undefined;
        const { modelJson, weights } = saveNetwork(architecture, parameters, scale);
        const x = Float32Array.from({ length: 5 * inputs }, () => random.normal());
        const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifactsOf(modelJson, weights)));
        const expected = tf.tidy(() => {
          const answer = loaded.predict(tf.tensor2d(x, [5, inputs]));
          return Array.isArray(answer) ? [] : answer.dataSync();
        });
        loaded.dispose();
        expect(distance(parseNetwork(modelJson, weights).predict(x, 5), expected)).toBeLessThan(1e-5);
      }),
      { numRuns: 60, seed: 20261101 },
    );
  });

  test('gives the same numbers for one row as for a batch, and allocates nothing of its own for it', () => {
    const architecture = architectureOf(
      7,
      { layers: [9, 6], activation: 'gelu', dropout: 0, 'batch-norm': false },
      { units: 3, activation: 'softmax' },
    );
    const random = createRandom(3);
    const saved = saveNetwork(architecture, initialParameters(architecture, random));
    const network = parseNetwork(saved.modelJson, saved.weights);
    const x = Float32Array.from({ length: 131 * 7 }, () => random.normal());
    const batch = network.predict(x, 131);
    const out = new Float32Array(3);
    for (let row = 0; row < 131; row++) {
      network.predictInto(x.subarray(row * 7, row * 7 + 7), 1, out);
      expect([...out]).toEqual([...batch.subarray(row * 3, row * 3 + 3)]);
    }
  });

  test('says which sizes do not fit', () => {
    const architecture = architectureOf(2, undefined, { units: 1, activation: 'linear' });
    const saved = saveNetwork(architecture, initialParameters(architecture, createRandom(1)));
    const network = parseNetwork(saved.modelJson, saved.weights);
    expect(() => network.predict(new Float32Array(3), 2)).toThrow(
      'cannot predict 2 rows: the network takes 2 numbers a row and gives 1, the arrays hold 3 and 2',
    );
  });
});

/** model.json and weights.bin as `tf.io.fromMemory` wants them. */
function artifactsOf(modelJson: ModelJson, weights: Uint8Array) {
  return {
    modelTopology: modelJson.modelTopology,
    weightSpecs: modelJson.weightsManifest[0]!.weights.map((spec) => ({ ...spec, shape: [...spec.shape] })),
    weightData: weights.slice().buffer,
  };
}
