import { beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { loadEngine } from '../engine/engine.ts';
import { layersCandidate } from '../testing/model-builders.ts';
import type { LabelledRows, TrainingData } from '../training/data/training-data.ts';
import { trainCandidate } from '../training/fitting/train-candidate.ts';
import { loadTrainingEngine } from '../training/fitting/training-engine.ts';
import { DivergenceError } from './divergence.ts';
import type { DenseEngine } from './learner.ts';

const inputs = 5;

/** Rows of a smooth function of five numbers: a number, or one of three classes. */
function rowsOf(rows: number, kind: 'number' | 'class', seed: number): LabelledRows {
  const random = createRandom(seed);
  const x = Float32Array.from({ length: rows * inputs }, () => random.normal());
  const targets = Float32Array.from({ length: rows }, (_, i) => {
    const [a, b, c] = x.subarray(i * inputs);
    const value = Math.sin(a!) + 0.5 * b! * c! + 0.1 * random.normal();
    return kind === 'number' ? value : value < -0.4 ? 0 : value < 0.4 ? 1 : 2;
  });
  return { rows, x, targets };
}

function dataOf(kind: 'number' | 'class', rows = 200): TrainingData {
  const train = rowsOf(rows, kind, 1);
  const classes = kind === 'class' ? ['low', 'middle', 'high'] : [];
  return {
    inputs,
    output: kind === 'class' ? { units: 3, activation: 'softmax' } : { units: 1, activation: 'linear' },
    train,
    validation: rowsOf(80, kind, 2),
    classes,
    counts: classes.map((_, code) => train.targets.filter((target) => target === code).length),
    scale: kind === 'class' ? undefined : { mean: 10, deviation: 3 },
    warnings: [],
  };
}

describe.each(['kernel', 'wasm'] as const)('training a network by the backend %s', (backend) => {
  let engine: DenseEngine;
  beforeAll(async () => {
    engine = (await loadTrainingEngine(backend, silentLogger)).dense;
  });

  async function train(
    options: Record<string, unknown>,
    data: TrainingData,
    logger = silentLogger,
    seed = 7,
  ) {
    const candidate = layersCandidate({ type: 'neural-network', ...options });
    const ports = { engine, random: createRandom(seed), logger };
    return trainCandidate({ name: 'network', options: candidate }, data, ports);
  }

  test('learns a smooth function far better than its mean', async () => {
    const { fitted } = await train({ epochs: 80 }, dataOf('number', 1000));
    // The noise's variance is 0.01 and the target's about 0.7.
    expect(fitted.history[fitted.bestEpoch - 1]!.validationLoss).toBeLessThan(0.1);
  });

  test('gives the same bytes for the same seed, and others for another', async () => {
    const options = { layers: [8, 4], epochs: 5, dropout: 0.2, 'batch-norm': true };
    const [first, second] = [await train(options, dataOf('class')), await train(options, dataOf('class'))];
    expect(second.saved).toEqual(first.saved);
    expect(second.fitted.history).toEqual(first.fitted.history);
    const other = await train(options, dataOf('class'), silentLogger, 8);
    expect(sha256(other.saved.weights)).not.toBe(sha256(first.saved.weights));
  });

  // These digests are a promise: the backend gives these bytes in every process and on every machine.
  // When a change of the trainer moves them, the format version of results moves as well.
  test.each([
    [
      'relu, adam',
      { type: 'neural-network', layers: [16, 8], epochs: 10 },
      'number',
      {
        wasm: 'sha256:51a67a1c6599c6cbce23ddb4c2399e0cb7f5a136c9694fd3c8685749d23a1ba3',
        kernel: 'sha256:cf07d67832d5cbdc2facc62ecd516caedc11968234c2cecb4ef644891a1d6bba',
      },
    ],
    [
      'gelu, batch norm, dropout, l2',
      {
        type: 'neural-network',
        layers: [9],
        epochs: 6,
        activation: 'gelu',
        'batch-norm': true,
        dropout: 0.3,
        l2: 1e-3,
      },
      'class',
      {
        wasm: 'sha256:a9e5f8cb212764cf6de84e28c7d354293d1c7426eecec8e1b65710b7fc2afed7',
        kernel: 'sha256:9db36a91257b75d54a51df141348045decd2762ba9d675b092c384ddef23fc56',
      },
    ],
    [
      'tanh, plateau',
      {
        layers: [7, 5, 3],
        epochs: 6,
        activation: 'tanh',
        'learning-rate-schedule': { plateau: { patience: 1, factor: 0.5 } },
      },
      'number',
      {
        wasm: 'sha256:c99e7009668e87e4bb2a977f309fecfa19085ca62913c20f4a8ea91a58b59310',
        kernel: 'sha256:d447e02a68960ace834303a77aaa10260d17b0f704c3de5cd5e160df3281c6ed',
      },
    ],
    [
      'softmax regression along a path of penalties',
      { type: 'linear' },
      'class',
      {
        wasm: 'sha256:32d53eac3d7a996983143bb12aabdfb745af6c44faaf0cff9ef7acbe5a4d4c7d',
        kernel: 'sha256:32d53eac3d7a996983143bb12aabdfb745af6c44faaf0cff9ef7acbe5a4d4c7d',
      },
    ],
    [
      'softmax regression',
      { type: 'linear', l2: 0 },
      'class',
      {
        wasm: 'sha256:5821c1863e0081339c65ac83cbe5078bf9d962a4356722a8f7c02434490069c2',
        kernel: 'sha256:5821c1863e0081339c65ac83cbe5078bf9d962a4356722a8f7c02434490069c2',
      },
    ],
  ] as const)('gives the promised bytes: %s', async (_, options, kind, digests) => {
    const { saved } = await train(options, dataOf(kind));
    expect(sha256(saved.weights)).toBe(digests[backend]);
  });

  test('leaves no tensor behind', async () => {
    const { tf } = await loadEngine('wasm', silentLogger);
    const before = tf.memory().numTensors;
    await train({ layers: [6], epochs: 3, dropout: 0.5, 'batch-norm': true }, dataOf('class'));
    await train({ type: 'linear' }, dataOf('class'));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('stops after `patience` epochs without a better validation loss and keeps the best weights', async () => {
    const data = dataOf('number', 40);
    const options = {
      layers: [64, 64],
      'learning-rate': 0.02,
      'learning-rate-schedule': 'constant',
      patience: 5,
    };
    const { fitted, saved } = await train(options, data);
    expect(fitted.stopped).toBe('patience');
    expect(fitted.history).toHaveLength(fitted.bestEpoch + 5);
    const losses = fitted.history.map(({ validationLoss }) => validationLoss);
    expect(losses.indexOf(Math.min(...losses)) + 1).toBe(fitted.bestEpoch);
    // The same training cut off at its best epoch ends in the same weights.
    const cut = await train({ ...options, epochs: fitted.bestEpoch }, data);
    expect(cut.fitted.stopped).toBe('epochs');
    expect(sha256(cut.saved.weights)).toBe(sha256(saved.weights));
  });

  test('reports every epoch', async () => {
    const entries: LogEntry[] = [];
    await train({ layers: [3], epochs: 2 }, dataOf('number'), recordingLogger(entries));
    expect(entries.map(({ level }) => level)).toEqual(['progress', 'progress']);
    expect(entries[1]!.message).toMatch(
      /^train network 2\/2 loss \d\.\d+ {2}validation loss \d\.\d+ {2}rate 0\.0015$/,
    );
  });

  test('lets the rest of the process live within a long epoch', async () => {
    let turns = 0;
    let handle = setImmediate(function turn() {
      turns++;
      handle = setImmediate(turn);
    });
    let turnsInFirstEpoch = 0;
    const logger = {
      ...silentLogger,
      progress() {
        turnsInFirstEpoch = turns;
      },
    };
    await train({ layers: [256, 256], epochs: 1 }, dataOf('number', 5000), logger);
    clearImmediate(handle);
    expect(turnsInFirstEpoch).toBeGreaterThan(1);
  });

  test('says which candidate diverged, when, and at which learning rate', async () => {
    const training = train({ 'learning-rate': 1e20, 'learning-rate-schedule': 'constant' }, dataOf('number'));
    await expect(training).rejects.toThrow(DivergenceError);
    await expect(training).rejects.toThrow(
      /training "network" diverged in epoch 1 at learning rate 100000000000000000000: its training loss is no longer a finite number\. Try a smaller learning-rate/,
    );
  });

  test('takes all rows as one batch when a batch is larger than the rows, and learns from one row', async () => {
    const few = dataOf('number', 10);
    const all = await train({ epochs: 3, 'batch-size': 10 }, few);
    const larger = await train({ epochs: 3, 'batch-size': 4096 }, few);
    expect(sha256(larger.saved.weights)).toBe(sha256(all.saved.weights));
    const one = await train({ epochs: 2, 'batch-norm': true }, dataOf('number', 1));
    expect(one.fitted.history).toHaveLength(2);
  });

  test('weighs classes as scikit-learn does', async () => {
    const data = dataOf('class');
    const balanced = await train({ layers: [4], epochs: 2, 'class-weights': 'balanced' }, data);
    const [low, middle, high] = data.counts as [number, number, number];
    const map = { low: 200 / (3 * low), middle: 200 / (3 * middle), high: 200 / (3 * high) };
    const explicit = await train({ layers: [4], epochs: 2, 'class-weights': map }, data);
    expect(sha256(explicit.saved.weights)).toBe(sha256(balanced.saved.weights));
    await expect(train({ 'class-weights': { lowest: 2 } }, data)).rejects.toThrow(
      'class-weights names the class "lowest", which the target does not have; it has "low", "middle", "high"',
    );
  });
});
