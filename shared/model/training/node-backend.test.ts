import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { type Backend, loadEngine } from '../engine/engine.ts';
import { createTensorEngine } from '../network/tensor-learner.ts';
import { parseNetwork } from '../predictor/network.ts';
import { layersCandidate } from '../testing/model-builders.ts';
import type { TrainingData } from './data/training-data.ts';
import { trainCandidate } from './fitting/train-candidate.ts';

const inputs = 6;

/** A smooth function with noise: 600 rows to learn from, 200 to judge on. */
function data(): TrainingData {
  const random = createRandom(3);
  const rowsOf = (rows: number) => {
    const x = Float32Array.from({ length: rows * inputs }, () => random.normal());
    const targets = Float32Array.from({ length: rows }, (_, i) => {
      const [a, b, c, d] = x.subarray(i * inputs);
      return Math.sin(a!) + 0.4 * b! * c! - 0.3 * d! + 0.1 * random.normal();
    });
    return { rows, x, targets };
  };
  return {
    inputs,
    output: { units: 1, activation: 'linear' },
    train: rowsOf(600),
    validation: rowsOf(200),
    classes: [],
    counts: [],
    scale: { mean: 0, deviation: 1 },
    warnings: [],
  };
}

async function trained(backend: Backend, options: Record<string, unknown>) {
  const engine = await loadEngine(backend, silentLogger);
  expect(engine.tf.getBackend()).toBe(backend === 'node' ? 'tensorflow' : backend);
  expect(engine.reproducible).toBe(backend === 'wasm' && process.arch === 'x64');
  const before = engine.tf.memory().numTensors;
  const candidate = layersCandidate(options);
  const ports = { engine: createTensorEngine(engine.tf), random: createRandom(1), logger: silentLogger };
  const { fitted, saved } = await trainCandidate({ name: 'c', options: candidate }, data(), ports);
  expect(engine.tf.memory().numTensors).toBe(before);
  const { x, rows } = data().validation!;
  return {
    history: fitted.history,
    predicted: parseNetwork(saved.modelJson, saved.weights).predict(x, rows),
  };
}

describe('the native backend trains as the wasm backend does', () => {
  // Both add in single precision, in another order: rounding differs by 1e-7 a step and grows over the steps.
  test.each([
    ['relu', { type: 'neural-network', epochs: 20 }],
    [
      'batch norm, dropout',
      { type: 'neural-network', epochs: 20, 'batch-norm': true, dropout: 0.1, activation: 'gelu' },
    ],
    ['linear', { type: 'linear' }],
  ])('%s: the first loss to 1e-5, the last to 1e-2, relative', async (_, options) => {
    const native = await trained('node', options);
    const wasm = await trained('wasm', options);
    const relative = (a: number, b: number) => Math.abs(a - b) / Math.abs(b);
    expect(native.history).toHaveLength(wasm.history.length);
    expect(relative(native.history[0]!.loss, wasm.history[0]!.loss)).toBeLessThan(1e-5);
    const [last, same] = [native.history.at(-1)!, wasm.history.at(-1)!];
    expect(relative(last.loss, same.loss)).toBeLessThan(1e-2);
    expect(relative(last.validationLoss, same.validationLoss)).toBeLessThan(1e-2);
  });

  test('writes nothing to the console', async () => {
    const script = `
      const { loadEngine } = await import(${JSON.stringify(new URL('../engine/engine.ts', import.meta.url).href)});
      const { tf } = await loadEngine('node', { debug() {}, info() {}, warn() {}, progress() {} });
      tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync();`;
    const run = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(run).toEqual({ stdout: '', stderr: '' });
  });
});
