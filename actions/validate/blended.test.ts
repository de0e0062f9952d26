import { describe, expect, test } from 'vitest';
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { housesCsv, judgeHouses, trainedHouses } from '../testing/houses.ts';

/** Learns its rows nearly by heart. */
const byHeart = { type: 'boosted-trees', 'min-rows': 5, rounds: 400, patience: 400, 'learning-rate': 0.3 };

describe('a blend of rows with sides', () => {
  test('is judged on the test alone: it has learned from the validation rows, too', async () => {
    const split = { test: '30%', validation: '30%' };
    const sections = {
      split,
      train: { candidates: [byHeart, { ...byHeart, name: 'again', leaves: 8 }], importance: 'off' },
      validate: { bootstrap: { resamples: 200 }, gates: [{ metric: 'rmse', 'train-gap': { 'at-most': 1 } }] },
    };
    await using folder = await trainedHouses(sections, housesCsv(1000));
    const { training } = await readModelFolder(`${folder.path}/.ciclo/model`);
    expect(training).toMatchObject({ chosen: 'blend', blend: { models: 'of-folds' } });
    const { evaluation } = await judgeHouses(folder);
    expect((evaluation.warnings ?? []).map(({ kind }) => kind)).not.toContain('validation-gap');
    // On rows that it has learned it errs less.
    const { value, train } = evaluation.metrics.find(({ name }) => name === 'rmse')!;
    expect(train!).toBeLessThan(value!);
  });
});
