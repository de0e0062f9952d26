import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LayersCandidate } from '../../config/sections/candidates/candidate.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { type Engine, loadEngine } from '../engine/engine.ts';
import { standardised, targetScaleOf } from '../network/target-scale.ts';
import { createTensorEngine } from '../network/tensor-learner.ts';
import { parseNetwork } from '../predictor/network.ts';
import { layersCandidate } from '../testing/model-builders.ts';
import type { TrainingData } from '../training/data/training-data.ts';
import { trainCandidate } from '../training/fitting/train-candidate.ts';

interface LinearCase {
  name: string;
  l2: number;
  classWeights: 'none' | 'balanced';
  /** 0 for a regression. */
  classes: number;
  y: number[];
  expected: number[] | number[][];
}

/** Written by linear.py: scikit-learn's answers. */
const fixture: { x: number[][]; new: number[][]; cases: LinearCase[] } = JSON.parse(
  readFileSync(new URL('../fixtures/linear.json', import.meta.url), 'utf8'),
);
const inputs = fixture.x[0]!.length;
const x = Float32Array.from(fixture.x.flat());
const unseen = Float32Array.from(fixture.new.flat());

function dataOf({ classes, y }: LinearCase): TrainingData {
  const scale = classes === 0 ? targetScaleOf(Float64Array.from(y)) : undefined;
  const targets = scale ? standardised(Float64Array.from(y), scale) : Float32Array.from(y);
  const rows = { rows: y.length, x, targets };
  return {
    inputs,
    output:
      classes === 0
        ? { units: 1, activation: 'linear' }
        : classes === 2
          ? { units: 1, activation: 'sigmoid' }
          : { units: classes, activation: 'softmax' },
    train: rows,
    validation: rows,
    classes: Array.from({ length: classes }, (_, k) => String(k)),
    counts: Array.from({ length: classes }, (_, k) => y.filter((code) => code === k).length),
    scale,
    warnings: [],
  };
}

/** Largest difference from scikit-learn's predictions: of a regression in deviations of the target, else of probabilities. */
function distance(prediction: Float32Array, { classes, expected, y }: LinearCase): number {
  const scale = classes === 0 ? targetScaleOf(Float64Array.from(y)).deviation : 1;
  const truth = expected.flatMap((value) =>
    Array.isArray(value) ? (classes === 2 ? [value[1]!] : value) : [value],
  );
  expect(truth.length).toBe(prediction.length);
  return Math.max(...truth.map((value, i) => Math.abs(value - prediction[i]!) / scale));
}

describe('linear candidates with a number of l2 give the predictions of scikit-learn', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine('wasm', silentLogger);
  });

  async function errorOf(example: LinearCase, options: Partial<LayersCandidate>): Promise<number> {
    const candidate = layersCandidate({
      type: 'linear',
      l2: example.l2,
      'class-weights': example.classWeights,
      ...options,
    });
    const ports = { engine: createTensorEngine(engine.tf), random: createRandom(1), logger: silentLogger };
    const { saved } = await trainCandidate({ name: 'linear', options: candidate }, dataOf(example), ports);
    const network = parseNetwork(saved.modelJson, saved.weights);
    return distance(network.predict(unseen, fixture.new.length), example);
  }

  // The promise is 1e-2; single-precision weights over an input of about 1900 leave what is asserted here.
  for (const example of fixture.cases) {
    test(`${example.name}, with the default options`, async () => {
      expect(await errorOf(example, {})).toBeLessThan(1e-4);
    });
  }
});

describe('a linear candidate', () => {
  const ports = async () => {
    const { tf } = await loadEngine('wasm', silentLogger);
    return { engine: createTensorEngine(tf), random: createRandom(1), logger: silentLogger };
  };
  const options = layersCandidate({ type: 'linear', l2: 0 });

  test('in mini-batches comes near the same predictions: on average within 5% of the target’s deviation', async () => {
    const random = createRandom(8);
    const weights = Float32Array.from({ length: 6 }, () => random.normal());
    const rowsOf = (rows: number) => {
      const x = Float32Array.from({ length: rows * 6 }, () => random.normal());
      const targets = Float32Array.from({ length: rows }, (_, i) => {
        const sum = weights.reduce((total, weight, j) => total + weight * x[i * 6 + j]!, 0);
        return (sum + random.normal()) / 3;
      });
      return { rows, x, targets };
    };
    const scale = { mean: 0, deviation: 1 };
    const data = {
      ...dataOf(fixture.cases[0]!),
      inputs: 6,
      train: rowsOf(3000),
      validation: rowsOf(1000),
      scale,
    };
    const predictions: Float32Array[] = [];
    for (const solver of ['newton', 'adam']) {
      const candidate = layersCandidate({ type: 'linear', solver, l2: 0 });
      const { saved } = await trainCandidate({ name: solver, options: candidate }, data, await ports());
      predictions.push(parseNetwork(saved.modelJson, saved.weights).predict(data.validation.x, 1000));
    }
    const differences = predictions[0]!.map((value, i) => Math.abs(value - predictions[1]![i]!));
    expect(Math.hypot(...differences) / Math.sqrt(1000)).toBeLessThan(0.05);
  });

  test('ends where separable classes are told apart, with finite weights', async () => {
    const targets = Float32Array.from({ length: 40 }, (_, i) => i % 2);
    const rows = { rows: 40, x: targets.map((target, i) => target * 2 + i / 100), targets };
    const data = {
      ...dataOf(fixture.cases.find(({ classes }) => classes === 2)!),
      inputs: 1,
      train: rows,
      validation: rows,
    };
    const { fitted, saved } = await trainCandidate({ name: 'linear', options }, data, await ports());
    expect(fitted.stopped).toBe('converged');
    expect(fitted.history.length).toBeLessThan(40);
    const predicted = parseNetwork(saved.modelJson, saved.weights).predict(rows.x, 40);
    expect([...predicted].map(Math.round)).toEqual([...targets]);
  });

  test('with a number of l2 is fitted by Adam where it has very many inputs, and says so where Newton was asked for', async () => {
    const inputs = 4100;
    const rows = { rows: 3, x: new Float32Array(3 * inputs).fill(0.5), targets: Float32Array.of(1, 2, 3) };
    const data = { ...dataOf(fixture.cases[0]!), inputs, train: rows, validation: rows };
    const few = layersCandidate({ type: 'linear', epochs: 2, l2: 0 });
    expect((await trainCandidate({ name: 'wide', options: few }, data, await ports())).solver).toBe('adam');
    const newton = layersCandidate({ type: 'linear', solver: 'newton', l2: 0 });
    await expect(trainCandidate({ name: 'wide', options: newton }, data, await ports())).rejects.toThrow(
      'train.candidates: "wide" has 4101 coefficients, and solver: newton takes 4000 at most; use solver: adam',
    );
  });
});
