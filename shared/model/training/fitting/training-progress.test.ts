import { expect, test } from 'vitest';
import { type Progress, silentLogger } from '../../../platform/logger.ts';
import { foldedHouses } from '../../testing/folded-houses.ts';
import { trainFolds } from '../train-folds.ts';
import { trainingProgress } from './training-progress.ts';

function recorded() {
  const steps: Progress[] = [];
  return { steps, logger: { ...silentLogger, progress: (step: Progress) => void steps.push(step) } };
}

test('each step says how many models are trained, and what share of the work is left', () => {
  const { steps, logger } = recorded();
  const { logger: told, ended } = trainingProgress(logger, [30, 10, 60]);
  told.progress({ task: 'train linear', done: 1, total: 2, detail: 'loss 0.3' });
  ended(10);
  told.progress({ task: 'train linear', done: 2, total: 2 });
  expect(steps.map(({ detail }) => detail)).toEqual([
    'loss 0.3  0 of 3 models trained, at most 100% of the work left',
    '1 of 3 models trained, at most 90% of the work left',
  ]);
});

test('a single training has its own steps alone', () => {
  const { steps, logger } = recorded();
  trainingProgress(logger, [30]).logger.progress({ task: 'train linear', done: 1, detail: 'loss 0.3' });
  expect(steps).toEqual([{ task: 'train linear', done: 1, detail: 'loss 0.3' }]);
});

test('folds come nearer to their end with each model', async () => {
  const { steps, logger } = recorded();
  const linear = { type: 'linear' } as const;
  await trainFolds(foldedHouses({ rows: 120, candidates: [linear], train: { importance: 'off' } }), {
    logger,
  });
  const counts = steps.flatMap(({ detail }) => /(\d) of 5 models trained/.exec(detail ?? '')?.[1] ?? []);
  expect([...new Set(counts)]).toEqual(['0', '1', '2', '3', '4']);
});
