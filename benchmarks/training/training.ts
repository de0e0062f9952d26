/**
 * Milliseconds per epoch of Ciclo's training loop and of TensorFlow.js's `LayersModel.fit`, on the same backend, the
 * same rows and the same network, in one process, repeats interleaved. Prints one JSON object.
 *
 * usage: node benchmarks/training/training.ts [--rows 20000] [--repeats 5] [--batches 32,128,1024] [--backend wasm]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { candidateSchema, type NeuralNetworkCandidate } from '../../shared/config/sections/train-section.ts';
import { type Backend, loadEngine, type TensorFlow } from '../../shared/model/engine/engine.ts';
import { type MatrixProduct, tensorProduct } from '../../shared/model/engine/matrix-product.ts';
import { architectureOf } from '../../shared/model/network/architecture.ts';
import { fitNetwork, type WeightedRows } from '../../shared/model/network/fit-network.ts';
import { lossOf } from '../../shared/model/network/losses.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { createRandom } from '../../shared/platform/random.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '20000' },
    repeats: { type: 'string', default: '5' },
    batches: { type: 'string', default: '32,128,1024' },
    backend: { type: 'string', default: 'wasm' },
  },
});
const inputs = 20;
const layers = [64, 32];
const rows = Number(values.rows);
const repeats = Number(values.repeats);
const backends: Record<string, Backend> = { wasm: 'wasm', node: 'node', cpu: 'cpu' };

/** A smooth function of twenty numbers, with a little noise. */
function examples(count: number): WeightedRows {
  const random = createRandom(1);
  const x = Float32Array.from({ length: count * inputs }, () => random.normal());
  const targets = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0.1 * random.normal();
    for (let j = 0; j < inputs; j++) sum += Math.sin(x[i * inputs + j]! * (1 + j / 10)) / 4;
    targets[i] = sum;
  }
  return { rows: count, x, targets, weights: undefined };
}

/** Times of our epochs, the first (in which code is compiled) left out. */
async function ours(product: MatrixProduct, train: WeightedRows, batch: number, epochs: number) {
  const options: NeuralNetworkCandidate = {
    ...networkCandidate(),
    'batch-size': batch,
    epochs: epochs + 1,
    patience: epochs + 1,
  };
  const times: number[] = [];
  let last = performance.now();
  const logger = {
    ...silentLogger,
    progress() {
      const now = performance.now();
      times.push(now - last);
      last = now;
    },
  };
  const architecture = architectureOf(inputs, options, { units: 1, activation: 'linear' });
  const validation = { ...train, rows: 1 };
  const input = { name: 'benchmark', architecture, loss: lossOf('linear', 1), train, validation, options };
  const { history } = await fitNetwork(input, { product, random: createRandom(1), logger });
  return { times: times.slice(1), loss: history.at(-1)!.loss };
}

function networkCandidate(): NeuralNetworkCandidate {
  const candidate = candidateSchema.parse({
    type: 'neural-network',
    layers,
    'learning-rate-schedule': 'constant',
  });
  if (candidate.type !== 'neural-network') throw new TypeError('expected a neural network');
  return candidate;
}

/** Times of fit's epochs, the first left out; fit is told neither to yield nor to log, its fastest form. */
async function theirs(tf: TensorFlow, train: WeightedRows, batch: number, epochs: number) {
  const initialiser = () => tf.initializers.heUniform({ seed: 1 });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 64,
        activation: 'relu',
        inputShape: [inputs],
        kernelInitializer: initialiser(),
      }),
      tf.layers.dense({ units: 32, activation: 'relu', kernelInitializer: initialiser() }),
      tf.layers.dense({ units: 1, kernelInitializer: initialiser() }),
    ],
  });
  const optimizer = tf.train.adam(0.003);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const x = tf.tensor2d(train.x, [train.rows, inputs]);
  const y = tf.tensor2d(train.targets, [train.rows, 1]);
  const times: number[] = [];
  let last = performance.now();
  const onEpochEnd = async () => {
    const now = performance.now();
    times.push(now - last);
    last = now;
  };
  const history = await model.fit(x, y, {
    batchSize: batch,
    epochs: epochs + 1,
    verbose: 0,
    yieldEvery: 'never',
    callbacks: { onEpochEnd },
  });
  model.dispose();
  optimizer.dispose();
  x.dispose();
  y.dispose();
  return { times: times.slice(1), loss: Number(history.history.loss!.at(-1)) };
}

const engine = await loadEngine(backends[values.backend] ?? 'wasm', silentLogger);
const train = examples(rows);
const product = tensorProduct(engine.tf);
const results = [];
for (const batch of values.batches.split(',').map(Number)) {
  const own: number[] = [];
  const fit: number[] = [];
  const losses: number[][] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const mine = await ours(product, train, batch, 2);
    const their = await theirs(engine.tf, train, batch, 2);
    own.push(...mine.times);
    fit.push(...their.times);
    losses.push([mine.loss, their.loss]);
  }
  const [ownLoss, fitLoss] = losses[0]!;
  results.push({
    batch,
    ciclo: Number(median(own).toFixed(1)),
    fit: Number(median(fit).toFixed(1)),
    ratio: Number((median(own) / median(fit)).toFixed(3)),
    loss: { ciclo: ownLoss, fit: fitLoss },
  });
}
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
console.log(
  JSON.stringify(
    {
      benchmark: 'training',
      unit: 'ms per epoch, median',
      rows,
      inputs,
      layers,
      backend: engine.backend,
      version: engine.version,
      machine,
      results,
    },
    null,
    2,
  ),
);
