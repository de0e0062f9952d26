import { expect, test } from 'vitest';
import type { TrainingReport } from '../model/report/training-report.ts';
import { importanceSection } from './evaluation/importance.ts';
import { learningSection } from './evaluation/learning.ts';
import { sampleReport } from './pull-request/testing/sample-reports.ts';
import { trainingDetails } from './pull-request/training.ts';
import { sampleTraining } from './testing/sample-training.ts';

const fold = (chosen: string) => ({
  ...{ chosen, bestEpoch: 77, validation: 2.8, metric: 'rmse' },
  rows: { train: 193, validation: 64, predicted: 64 },
});

function training(...chosen: string[]): TrainingReport {
  return sampleTraining({ rows: { train: 321, validation: 321 }, folds: chosen.map(fold) });
}
const net = 'neural-network';
const limit = (most: number): number => most;

test('the report says that candidates were compared out-of-fold, and where a fold chose otherwise', async () => {
  const { lead, body } = await learningSection(training(net, net, 'linear', net, net), limit);
  expect(String(lead)).toContain('on 321 out-of-fold rows was chosen');
  expect(String(lead)).toContain('predicted out-of-fold, in 5-fold cross-validation');
  expect(String(lead)).toContain('Without its own rows 1 fold of 5 chooses otherwise (linear)');
  expect(String(body)).toContain('Out-of-fold rmse');
  expect(String((await learningSection(sampleTraining(), limit)).lead)).not.toContain('fold');
  expect(String(importanceSection(training(net), limit)!.lead)).toContain(
    'worsens on the out-of-fold rows when',
  );
});

test('the comment says how many folds chose the candidate', () => {
  const details = String(trainingDetails({ ...sampleReport(), training: training(net, net, net) }, 5));
  expect(details).toContain('by `rmse` on 321 out-of-fold rows of 3 folds; trained on 321 rows');
  expect(details).toContain('rmse out-of-fold');
});
