import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { housesCsv, judgeHouses, trainedHouses } from '../../actions/testing/houses.ts';
import { createStyle } from '../terminal/style.ts';
import { evaluationSummary } from './evaluation-summary.ts';

test.each([
  ['regression', 'price', 'rmse'],
  ['binary', 'dear', 'log-loss'],
  ['multiclass', 'district', 'log-loss'],
])(
  'rows in folds are called neither test rows nor validation rows in what people read of %s',
  async (task, target, metric) => {
    const sections = {
      ...{
        task,
        target,
        split: { folds: 5 },
        prepare: { exclude: target === 'dear' ? ['price'] : ['dear'] },
      },
      validate: {
        bootstrap: { resamples: 100 },
        gates: [
          { metric, 'train-gap': { 'at-most': 1000 } },
          { metric, slice: 'year', max: 1000 },
          { metric, baseline: { 'better-by-at-least': '1%' } },
        ],
      },
    };
    await using folder = await trainedHouses(sections, housesCsv(300));
    const { folder: written, evaluation, looks } = await judgeHouses(folder);
    expect(evaluation.gates[0]!.declared).toBe(
      `${metric} on out-of-fold rows worse than on training rows by at most 1,000`,
    );
    const files = ['report.html', 'card.md', 'evaluation.json'].map((name) =>
      readFile(`${written}/${name}`, 'utf8'),
    );
    const texts = [
      ...(await Promise.all(files)),
      await readFile(`${folder.path}/.ciclo/model/card.md`, 'utf8'),
      evaluationSummary(evaluation, { style: createStyle(false), width: 80 }, looks).join('\n'),
    ];
    for (const text of texts) expect(text).not.toMatch(/\b(test|validation) rows?\b/i);
  },
);
