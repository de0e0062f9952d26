import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accuracyResults, accuracyResultsPath } from './accuracy-table.ts';

const results = accuracyResults.parse(JSON.parse(readFileSync(accuracyResultsPath, 'utf8')));

describe('the measured accuracy beside peers', () => {
  it('is of at least 25 tables of all three tasks, each beside LightGBM', () => {
    const measured = results.tables.filter(({ losses }) => losses[results.ciclo] && losses.lightgbm);
    expect(measured.length).toBeGreaterThanOrEqual(25);
    expect(new Set(measured.map(({ task }) => task))).toEqual(
      new Set(['regression', 'binary', 'multiclass']),
    );
  });

  it('is better than a prediction that knows nothing, of LightGBM and of a linear model', () => {
    const means = new Map(results.means.map((own) => [own.contender, own.aboveBest!]));
    expect(means.get('lightgbm')!).toBeLessThan(means.get('dummy')!);
    expect(means.get('linear')!).toBeLessThan(means.get('dummy')!);
  });
});
