import { expect, test } from 'vitest';
import { sampleTraining } from '../../shared/report/testing/sample-training.ts';
import { createStyle } from '../terminal/style.ts';
import { trainSummary } from './train-summary.ts';

const fold = {
  ...{ chosen: 'neural-network', bestEpoch: 77, validation: 2.8, metric: 'rmse' },
  rows: { train: 193, validation: 64, predicted: 64 },
};

function summaryOf(
  report: Parameters<typeof trainSummary>[0]['report'],
  times: [string, number][] = [],
): string {
  const digest = `sha256:${'0'.repeat(64)}`;
  const outputs = { folder: '.ciclo/model', digest, fingerprint: digest, report };
  return trainSummary(outputs, new Map(times), { style: createStyle(false), width: 200 }).join('\n');
}

test('the summary of train says that rows in folds are predicted unseen, and adds up the times of the folds', () => {
  const report = sampleTraining({ rows: { train: 321, validation: 321 }, folds: [fold, fold, fold] });
  const summary = summaryOf(report, [
    ['train linear (fold 1)', 2000],
    ['train linear (fold 2)', 3000],
    ['train linear-2', 60_000],
  ]);
  expect(summary).toContain('2 candidates, compared on the out-of-fold rows by rmse');
  expect(summary).toContain(
    'in 3 folds, each predicted by a model that has not seen it; then trained on all 321 rows',
  );
  expect(summary).toMatch(/linear +rmse 3\.41 .*5\.0 s/);
  expect(summaryOf(sampleTraining())).toContain('2 candidates, compared on the validation rows by rmse');
});
