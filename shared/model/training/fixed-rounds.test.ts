import { describe, expect, test } from 'vitest';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { createKernelEngine } from '../kernel/kernel-engine.ts';
import { type CandidateInput, houses } from '../testing/model-builders.ts';
import { nameCandidates } from './candidates/named-candidates.ts';
import { trainingDataOf } from './data/training-data.ts';
import { fitCandidate } from './fitting/fit-candidate.ts';

/** A candidate with validation rows that stop it, and again without, for so many rounds. */
async function fits(candidate: CandidateInput, rounds?: number) {
  const input = houses({ candidates: [candidate] });
  const runner = compileRecipe(input.recipe);
  const size = { rows: 300, columns: 4, inputs: 8, outputs: 1 };
  const [named] = nameCandidates(input.config.train.candidates!, { size, fits: 2 });
  const ports = () => ({
    dense: () => Promise.resolve(createKernelEngine()),
    random: createRandom(5),
    logger: silentLogger,
  });
  const splits = { ...input, available: input.train.rows + input.validation.rows };
  const stopped = await fitCandidate(named!, trainingDataOf(splits, runner), ports());
  const whole = trainingDataOf({ ...splits, validation: undefined }, runner);
  const fixed = await fitCandidate({ ...named!, rounds: rounds ?? stopped.report.bestEpoch }, whole, ports());
  return { stopped, fixed };
}

describe('a training without validation rows', () => {
  const candidates: CandidateInput[] = [
    { type: 'boosted-trees', rounds: 60, patience: 10, 'row-share': 0.7, 'learning-rate': 0.3 },
    { type: 'linear' },
    { type: 'linear', solver: 'newton', l2: 0 },
    { type: 'linear', solver: 'adam', epochs: 30, 'learning-rate-schedule': 'cosine' },
    {
      ...{ type: 'neural-network', layers: [32], epochs: 60, patience: 5, dropout: 0.1 },
      ...{ 'learning-rate': 0.05, 'learning-rate-schedule': 'cosine' },
    },
  ];

  test.each(candidates)(
    'ends after its rounds with the model that validation rows found best there: $type $solver',
    async (candidate) => {
      const { stopped, fixed } = await fits(candidate);
      expect(fixed.report.epochs).toBe(stopped.report.bestEpoch);
      // It is the loop that ends early: the schedule of learning rates is that of all epochs.
      if (candidate.type !== 'linear') expect(fixed.report.epochs).toBeLessThan(stopped.report.epochs);
      expect(fixed.saved).toEqual(stopped.saved);
    },
  );

  test('keeps the last weights, however the loss went, and no more rounds than asked for', async () => {
    for (const candidate of candidates.filter(({ solver }) => solver !== 'newton')) {
      const { fixed } = await fits(candidate, 3);
      expect(fixed.report).toMatchObject({ epochs: 3, bestEpoch: 3, stopped: 'epochs' });
      for (const { loss, validationLoss } of fixed.report.history) expect(validationLoss).toBe(loss);
    }
  });

  test('lowers the learning rate of a plateau by the training loss', async () => {
    const { fixed } = await fits(
      {
        ...{ type: 'neural-network', layers: [4], epochs: 40, 'learning-rate': 0.3 },
        'learning-rate-schedule': { plateau: { patience: 1, factor: 0.5 } },
      },
      40,
    );
    const { history } = fixed.report;
    expect(history).toHaveLength(40);
    let least = Number.POSITIVE_INFINITY;
    for (const [at, { loss, learningRate }] of history.entries()) {
      const next = history[at + 1];
      if (next) expect(next.learningRate).toBeCloseTo(loss < least ? learningRate! : learningRate! / 2, 6);
      least = Math.min(least, loss);
    }
    expect(history.at(-1)!.learningRate).toBeLessThan(0.3);
  });
});
