import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Candidate, candidateSchema } from '../config/train-section.ts';
import { silentLogger } from '../platform/logger.ts';
import { createRandom } from '../platform/random.ts';
import { type Engine, loadEngine } from './engine.ts';
import { tensorProduct } from './matrix-product.ts';
import { parseNetwork } from './network.ts';
import { standardised, targetScaleOf } from './target-scale.ts';
import { trainCandidate } from './train-candidate.ts';
import type { TrainingData } from './training-data.ts';

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
  readFileSync(new URL('fixtures/linear.json', import.meta.url), 'utf8'),
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

describe('linear candidates give the predictions of scikit-learn', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine('wasm', silentLogger);
  });

  async function errorOf(example: LinearCase, options: Partial<Candidate>): Promise<number> {
    const candidate = candidateSchema.parse({
      type: 'linear',
      l2: example.l2,
      'class-weights': example.classWeights,
      ...options,
    });
    const ports = { product: tensorProduct(engine.tf), random: createRandom(1), logger: silentLogger };
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
