import { describe, expect, test } from 'vitest';
import { metricRows } from './metrics-table.ts';
import { sampleBinary } from './testing/sample-classifiers.ts';
import { sampleMinimal, sampleRegression } from './testing/sample-evaluation.ts';

describe('the rows of metrics', () => {
  test('have value, interval, champion, gain and baseline', () => {
    expect(metricRows(sampleRegression()).map((row) => Object.values(row))).toEqual([
      ['rmse (mpg)', '2.87', '2.47 to 3.32', '3.08', 'better by 0.21', '7.89'],
      ['mae (mpg)', '2.10', '1.81 to 2.42', '2.22', 'no clear difference', '6.51'],
      ['r2', '0.864', '0.824 to 0.908', '0.844', 'better by 0.021', '−0.004'],
      ['mean-bias (mpg)', '−0.11', '−0.71 to 0.54', '0.66', 'no clear difference', '0.42'],
    ]);
  });

  test('are empty where there is nothing, and say why a value is undefined', () => {
    expect(metricRows(sampleMinimal())).toMatchObject([
      { metric: 'rmse', value: '2.87', interval: '2.47 to 3.32', champion: '', gain: '', baseline: '' },
      { metric: 'r2', value: 'undefined: every actual value is the same', interval: '' },
    ]);
  });

  test('let no control code from data reach the terminal', () => {
    const rows = metricRows(sampleRegression({ unit: '\u001b[31mred' }));
    expect(Object.values(rows[0]!).join('')).not.toContain('\u001b');
    expect(rows[0]!.metric).toBe('rmse (\\u001B[31mred)');
  });

  test('put the primary metric first', () => {
    expect(metricRows(sampleBinary())[0]?.metric).toBe('roc-auc');
  });
});
