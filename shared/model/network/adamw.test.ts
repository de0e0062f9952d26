import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { loadTrainingEngine } from '../training/fitting/training-engine.ts';
import { architectureOf } from './architecture.ts';
import type { DenseEngine, LearnerInput } from './learner.ts';
import { copyParameters, emptyParameters, type Parameters } from './parameters.ts';

type LayerNumbers = readonly [kernel: number[], bias: number[]];

/** Made by adamw.py with PyTorch. */
const torch = JSON.parse(readFileSync(new URL('../fixtures/adamw.json', import.meta.url), 'utf8')) as {
  readonly inputs: number;
  readonly hidden: number;
  readonly steps: number;
  readonly averaged: number;
  readonly rate: number;
  readonly decay: number;
  readonly x: number[];
  readonly y: number[];
  readonly initial: LayerNumbers[];
  readonly final: LayerNumbers[];
  readonly average: LayerNumbers[];
  readonly averageLoss: number;
};

const hidden = { layers: [torch.hidden], activation: 'tanh' as const, dropout: 0, 'batch-norm': false };
const architecture = architectureOf(torch.inputs, hidden, { units: 1, activation: 'linear' });
const train = {
  rows: torch.y.length,
  x: Float32Array.from(torch.x),
  targets: Float32Array.from(torch.y),
  weights: undefined,
};

function parametersOf(layers: readonly LayerNumbers[]): Parameters {
  const parameters = emptyParameters(architecture);
  for (const [l, [kernel, bias]] of layers.entries()) {
    parameters.layers[l]!.kernel.set(kernel);
    parameters.layers[l]!.bias.set(bias);
  }
  return parameters;
}

describe.each(['kernel', 'cpu'] as const)('AdamW by the backend %s', (backend) => {
  let engine: DenseEngine;
  beforeAll(async () => {
    engine = (await loadTrainingEngine(backend, silentLogger)).dense;
  });

  /** A learner after the steps that PyTorch took, each over all rows. */
  function trained(options: Partial<LearnerInput>) {
    const learner = engine.createLearner({
      ...{ architecture, initial: parametersOf(torch.initial), train, batch: train.rows, l2: 0 },
      ...{ dropout: createRandom(1), decay: torch.decay },
      ...options,
    });
    const all = Uint32Array.from({ length: train.rows }, (_, row) => row);
    for (let step = 0; step < torch.steps; step++) learner.step(all, torch.rate);
    const read = emptyParameters(architecture);
    learner.read(read);
    return { learner, read };
  }

  /** Up to the rounding of single precision. */
  function expectNear(ours: Parameters, theirs: readonly LayerNumbers[]) {
    const expected = parametersOf(theirs).flat;
    for (const [k, value] of ours.flat.entries()) expect(Math.abs(value - expected[k]!)).toBeLessThan(1e-5);
  }

  test('takes the steps of PyTorch: kernels decay, biases do not', () => {
    expectNear(trained({}).read, torch.final);
  });

  test('gives, and judges, the average of the weights over the last steps as PyTorch has it', () => {
    const { learner, read } = trained({ averagedSteps: torch.averaged });
    expectNear(read, torch.average);
    expect(learner.meanLoss(train) / torch.averageLoss).toBeCloseTo(1, 6);
  });

  test('goes on from the weights of its last step, not from their average', () => {
    const { learner } = trained({ averagedSteps: torch.averaged });
    const other = trained({}).learner;
    learner.meanLoss(train);
    const all = Uint32Array.from({ length: train.rows }, (_, row) => row);
    expect(learner.step(all, torch.rate)).toBe(other.step(all, torch.rate));
  });

  test('has numbers that it takes over as its average too', () => {
    const { learner } = trained({ averagedSteps: torch.averaged });
    learner.write(parametersOf(torch.initial));
    const read = emptyParameters(architecture);
    learner.read(read);
    const expected = emptyParameters(architecture);
    copyParameters(parametersOf(torch.initial), expected);
    expect(read.flat).toEqual(expected.flat);
  });
});
