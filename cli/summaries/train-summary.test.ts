import { expect, test } from 'vitest';
import { sampleSearch, sampleTraining } from '../../shared/report/testing/sample-training.ts';
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
  expect(summary).toContain('3-fold cross-validation; then trained on all 321 rows');
  expect(summary).toMatch(/linear +rmse 3\.41 .*5\.0 s/);
  expect(summaryOf(sampleTraining())).toContain('2 candidates, compared on the validation rows by rmse');
});

test('the summary says what a search bought, and which settings it kept', () => {
  const summary = summaryOf(sampleTraining({ search: sampleSearch() }), [
    ['train neural-network (fold 1)', 2000],
    ['train neural-network, trial 1 (fold 2)', 1000],
  ]);
  expect(summary).toContain(
    'search: 4 settings were tried in 7 trainings: rmse 2.61, and 2.79 with every candidate as it is declared',
  );
  expect(summary).toContain('  neural-network: layers: [64], dropout: 0.25');
  expect(summary).not.toContain('linear: ');
  expect(summary).toMatch(/neural-network +rmse 2\.79 .*3\.0 s/);
});
