/**
 * CPU milliseconds per epoch of Ciclo's engines, of TensorFlow.js's `LayersModel.fit` and, with --python, of Keras,
 * TensorFlow and PyTorch, on the same rows and the same network, one thread each; then the seconds from the start of `ciclo train` to
 * a saved model. CPU time, because a machine that does other things as well stretches the clock. Prints one JSON object.
 *
 * usage: node benchmarks/training/training.ts [--rows 20000] [--repeats 5] [--batches 32,128,1024] [--python python3]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { candidateSchema, type Settled } from '../../shared/config/sections/candidates/candidate.ts';
import type { NeuralNetworkCandidate } from '../../shared/config/sections/candidates/neural-network-candidate.ts';
import { loadEngine } from '../../shared/model/engine/engine.ts';
import { createKernelEngine } from '../../shared/model/kernel/kernel-engine.ts';
import { architectureOf } from '../../shared/model/network/architecture.ts';
import { fitNetwork } from '../../shared/model/network/fit-network.ts';
import type { DenseEngine, WeightedRows } from '../../shared/model/network/learner.ts';
import { createTensorEngine } from '../../shared/model/network/tensor-learner.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { createRandom } from '../../shared/platform/random.ts';
import { cpuTime, type Epochs, pythonPeers, tensorFlowFit } from './peers.ts';
import { examples, inputs, layers } from './rows.ts';
import { trainFromStart } from './start.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '20000' },
    repeats: { type: 'string', default: '5' },
    batches: { type: 'string', default: '32,128,1024' },
    python: { type: 'string' },
  },
});
const rows = Number(values.rows);
const repeats = Number(values.repeats);
const batches = values.batches.split(',').map(Number);

/** Epochs of one of our engines, the first (in which code is compiled) left out. */
async function ours(
  engine: DenseEngine,
  train: WeightedRows,
  batch: number,
  epochs: number,
): Promise<Epochs> {
  const options: Settled<NeuralNetworkCandidate> = {
    ...networkCandidate(),
    seeds: 1,
    'batch-size': batch,
    epochs: epochs + 1,
    patience: epochs + 1,
  };
  const times: number[] = [];
  let last = cpuTime();
  const logger = {
    ...silentLogger,
    progress() {
      const now = cpuTime();
      times.push(now - last);
      last = now;
    },
  };
  const architecture = architectureOf(inputs, options, { units: 1, activation: 'linear' });
  const validation = { ...train, rows: 1 };
  const input = { name: 'benchmark', architecture, train, validation, options };
  const { history } = await fitNetwork(input, { engine, random: createRandom(1), logger });
  return { times: times.slice(1), loss: history.at(-1)!.loss };
}

function networkCandidate(): NeuralNetworkCandidate {
  const candidate = candidateSchema.parse({
    type: 'neural-network',
    layers,
    // What the peers are asked for: plain Adam.
    ...{ 'learning-rate': 0.003, 'learning-rate-schedule': 'constant', dropout: 0 },
    ...{ 'warm-up': 0, 'weight-decay': 0, 'weight-average': 0 },
  });
  if (candidate.type !== 'neural-network') throw new TypeError('expected a neural network');
  return candidate;
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
const middle = (times: readonly number[]) => rounded(median([...times]), 1);

const train = examples(rows);
const kernel = createKernelEngine();
const { tf, version } = await loadEngine('wasm', silentLogger);
const tensor = createTensorEngine(tf);
const peersOf = values.python ? pythonPeers(values.python, train, batches, repeats) : undefined;
const python = peersOf?.tensorFlow;
const results = [];
for (const batch of batches) {
  const own = await ours(kernel, train, batch, repeats);
  const wasm = await ours(tensor, train, batch, Math.min(repeats, 3));
  const fit = await tensorFlowFit(tf, train, batch, Math.min(repeats, 3));
  const peers = python?.results[String(batch)];
  const pytorch = peersOf?.pytorch?.epochs[String(batch)];
  const loss = { kernel: own.loss, wasm: wasm.loss, fit: fit.loss };
  const ratio = (times: readonly number[]) => rounded(median([...times]) / median([...own.times]), 1);
  results.push({
    batch,
    ...{ kernel: middle(own.times), wasm: middle(wasm.times), fit: middle(fit.times) },
    timesFaster: { thanWasm: ratio(wasm.times), thanFit: ratio(fit.times) },
    ...(peers && {
      keras: middle(peers.fit),
      function: middle(peers.function),
      timesFasterThanKeras: ratio(peers.fit),
      timesFasterThanFunction: ratio(peers.function),
    }),
    ...(pytorch && { pytorch: middle(pytorch), timesFasterThanPytorch: ratio(pytorch) }),
    loss: peers ? { ...loss, keras: peers.loss } : loss,
  });
}
const starts = trainFromStart(rows, 3);
console.log(
  JSON.stringify(
    {
      benchmark: 'training',
      unit: 'CPU ms per epoch, median',
      ...{ rows, inputs, layers },
      versions: {
        tensorflowJs: version,
        keras: python?.keras,
        tensorflow: python?.tensorflow,
        pytorch: peersOf?.pytorch?.version,
      },
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
      results,
      start: {
        unit: 'seconds from process start to a saved model, 20 epochs, median',
        cpu: rounded(median(starts.map(({ cpu }) => cpu)), 2),
        wall: rounded(median(starts.map(({ wall }) => wall)), 2),
        importOfKerasCpu: python && rounded(python.importing, 2),
      },
    },
    null,
    2,
  ),
);
