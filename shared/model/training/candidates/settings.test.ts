import { describe, expect, test } from 'vitest';
import type { BoostedTreesCandidate } from '../../../config/sections/candidates/boosted-trees-candidate.ts';
import { candidateSchema } from '../../../config/sections/candidates/candidate.ts';
import type { NeuralNetworkCandidate } from '../../../config/sections/candidates/neural-network-candidate.ts';
import { settledByWork, settledLayers, settledTrees } from './settings.ts';
import type { TrainingSize } from './work.ts';

const trees = (options: Record<string, unknown> = {}) =>
  candidateSchema.parse({ type: 'boosted-trees', ...options }) as BoostedTreesCandidate;
const network = (options: Record<string, unknown> = {}) =>
  candidateSchema.parse({ type: 'neural-network', ...options }) as NeuralNetworkCandidate;
const sizeOf = (rows: number, columns: number, outputs = 1): TrainingSize => ({
  ...{ rows, columns, outputs },
  inputs: columns,
});

describe('settings that are auto', () => {
  test.each([
    [40, 5, 16],
    [300, 10, 16],
    [1000, 20, 32],
    [5000, 20, 32],
    [100_000, 20, 32],
  ])('a thirtieth of %i rows, within limits: %i rows in a leaf, %i in a batch', (rows, leaf, batch) => {
    const size = sizeOf(rows, 10);
    expect(settledTrees(trees(), size)).toMatchObject({ 'min-rows': leaf });
    expect(settledLayers(network(), size)).toMatchObject({ 'batch-size': batch });
  });

  test('small steps and patience for a table whose trainings are soon done', () => {
    const patient = { rounds: 2000, 'learning-rate': 0.05, patience: 50 };
    expect(settledByWork(trees(), sizeOf(10_000, 20), 12)).toMatchObject(patient);
    expect(settledByWork(trees(), sizeOf(50_000, 10), 4)).toMatchObject(patient);
  });

  test('large steps, little patience and in the end fewer rounds for a large table', () => {
    const hurried = { 'learning-rate': 0.1, patience: 10 };
    expect(settledByWork(trees(), sizeOf(60_000, 20), 6)).toMatchObject({ ...hurried, rounds: 1666 });
    expect(settledByWork(trees(), sizeOf(10_000_000, 100), 6)).toMatchObject({ ...hurried, rounds: 200 });
  });

  test('the more often a candidate is trained, the less each training may take', () => {
    const size = sizeOf(100_000, 20);
    expect(settledByWork(trees(), size, 1)).toMatchObject({ 'learning-rate': 0.05 });
    expect(settledByWork(trees(), size, 6)).toMatchObject({ 'learning-rate': 0.1 });
  });

  test('of several classes 800 rounds, each of a tree a class', () => {
    expect(settledByWork(trees(), sizeOf(1000, 10, 3), 6)).toMatchObject({ rounds: 800 });
  });

  test('three seeds of a small table, one of a larger, fewer epochs of a very large one', () => {
    const settled = (rows: number, columns: number, fits: number) =>
      settledByWork(network(), sizeOf(rows, columns), fits);
    expect(settled(1000, 20, 6)).toMatchObject({ seeds: 3, epochs: 80 });
    expect(settled(10_000, 20, 12)).toMatchObject({ seeds: 1, epochs: 80 });
    expect(settled(10_000, 500, 6)).toMatchObject({ seeds: 1, epochs: 30 });
    // 31,250 steps of 32 rows are an epoch: three are enough.
    expect(settled(1_000_000, 300, 4)).toMatchObject({ seeds: 1, epochs: 3 });
  });

  test('what is written is kept, whatever the size', () => {
    const written = { rounds: 5000, 'learning-rate': 0.02, patience: 7, 'min-rows': 9 };
    const huge = sizeOf(10_000_000, 100);
    expect(settledTrees(settledByWork(trees(written), huge, 6), huge)).toMatchObject(written);
    const own = { epochs: 300, seeds: 5, 'batch-size': 64 };
    expect(settledLayers(settledByWork(network(own), huge, 6), huge)).toMatchObject(own);
  });

  test('a linear model has nothing to settle', () => {
    const linear = candidateSchema.parse({ type: 'linear' });
    expect(settledByWork(linear, sizeOf(1000, 10), 6)).toBe(linear);
  });
});
