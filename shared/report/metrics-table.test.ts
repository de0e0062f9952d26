import { describe, expect, test } from 'vitest';
import { metricRows, metricsTable } from './metrics-table.ts';
import { sampleBinary } from './testing/sample-classifiers.ts';
import { sampleMinimal, sampleRegression } from './testing/sample-evaluation.ts';

describe('metricsTable', () => {
  test('aligns the metrics for a terminal, the champion beside them', () => {
    expect(metricsTable(sampleRegression())).toEqual([
      'metric           value    95% interval  champion  gain                 baseline',
      'rmse (mpg)        2.87    2.47 to 3.32      3.08  better by 0.21           7.89',
      'mae (mpg)         2.10    1.81 to 2.42      2.22  no clear difference      6.51',
      'r2               0.864  0.824 to 0.908     0.844  better by 0.021        −0.004',
      'mean-bias (mpg)  −0.11   −0.71 to 0.54      0.66  no clear difference      0.42',
    ]);
  });

  test('leaves out the columns that nobody needs and says why a value is undefined', () => {
    expect(metricsTable(sampleMinimal())).toEqual([
      'metric  value  95% interval',
      'rmse     2.87  2.47 to 3.32',
      'r2      undefined: every actual value is the same',
    ]);
  });

  test('lets no control code from data reach the terminal', () => {
    const lines = metricsTable(sampleRegression({ unit: '\u001b[31mred' }));
    expect(lines.join('')).not.toContain('\u001b');
    expect(lines[1]).toContain('rmse (\\u001B[31mred)');
  });

  test('puts the primary metric first', () => {
    expect(metricRows(sampleBinary())[0]?.metric).toBe('roc-auc');
  });
});
