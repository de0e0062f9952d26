import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { sampleBinary } from '../../shared/report/testing/sample-classifiers.ts';
import { sampleRegression } from '../../shared/report/testing/sample-evaluation.ts';
import { createStyle } from '../terminal/style.ts';
import { evaluationSummary } from './evaluation-summary.ts';

const plain = { style: createStyle(false), width: 80 };

describe('the evaluation on a terminal', () => {
  test('says the verdict first, then metrics against champion and naive model, then the gates', () => {
    expect(evaluationSummary(sampleRegression(), plain).join('\n')).toBe(
      `Validate PASS  All gates pass: rmse is 2.87 mpg, better than the champion’s
           3.08.
         compared with fuel@v1.2.0 on 79 rows unseen by both

  metric           value    95% interval  champion       against it  baseline
  rmse (mpg)        2.87    2.47 to 3.32      3.08   better by 0.21      7.89
  mae (mpg)         2.10    1.81 to 2.42      2.22          unclear      6.51
  r2               0.864  0.824 to 0.908     0.844  better by 0.021    −0.004
  mean-bias (mpg)  −0.11   −0.71 to 0.54      0.66          unclear      0.42

  ✓ rmse at most 4: 2.87 mpg (2.47 to 3.32)
  ✓ rmse worse than the champion by at most 2%: better by 6.8% (1.6% to 12%)
    With 79 rows this gate detects a worsening of 4.3% or more (80% power), and
      fails an equally good model in 23% of cases.
  ✓ r2 on test rows worse than on training rows by at most 0.1:
      worse by 0.042 (0.001 to 0.085)
  ✓ rmse at most 6 in every slice by origin, Japan: 3.6 mpg (2.6 to 4.8)`,
    );
  });

  test('explains gates that do not pass', () => {
    const text = evaluationSummary(sampleBinary(), plain).join('\n');
    expect(text).toMatch(/^Validate FAIL/);
    expect(text).toContain(
      '  ✗ roc-auc worse than the champion by at most 0.01:\n      worse by 0.034 (0.019 to 0.048)\n    roc-auc is lower than the champion’s by 0.0338; at most 0.01 is allowed.',
    );
    expect(text).toContain('  ? accuracy better than the naive baseline');
  });

  test('leaves the naive model out where the terminal is too narrow for it', () => {
    const narrow = evaluationSummary(sampleRegression(), { ...plain, width: 70 });
    expect(narrow.join('\n')).not.toMatch(/against it {2}baseline/);
    expect(narrow.join('\n')).toContain('better by 0.21');
  });

  test('says why a value is undefined, below the table', () => {
    const evaluation = sampleBinary();
    const [first, ...others] = evaluation.metrics;
    const undefinedOne = {
      ...first!,
      value: null,
      low: null,
      high: null,
      reason: 'the test rows have one class only',
    };
    const text = evaluationSummary({ ...evaluation, metrics: [undefinedOne, ...others] }, plain).join('\n');
    expect(text).toContain(`  ${first!.name} is undefined: the test rows have one class only`);
  });

  test('says which class is positive, that hardly a row is predicted so, and that nothing was compared', () => {
    const champion = { name: 'churn@v3', rows: 2148, comparable: true, same: true } as const;
    const confusion = [
      [1579, 0],
      [566, 3],
    ];
    const text = evaluationSummary(sampleBinary({ champion, confusion }), plain)
      .join(' ')
      .replace(/\s+/g, ' ');
    expect(text).toContain('the same model as in production, churn@v3');
    expect(text).toContain('positive class: yes');
    expect(text).toContain(
      'Hardly a row (3) is predicted to be of the positive class "yes", while 569 of 2,148 rows are',
    );
  });

  test('says why a comparison, an interval and the naive model’s value are not there', () => {
    const evaluation = sampleBinary();
    const [first, second, ...others] = evaluation.metrics;
    const metrics = [
      {
        ...first!,
        baseline: null,
        champion: {
          ...first!.champion!,
          gain: { value: null, low: null, high: null, reason: 'no row is of class "yes"' },
        },
      },
      { ...second!, low: null, high: null, reason: 'it is undefined in 400 of 1000 resamples' },
      ...others,
    ];
    const text = evaluationSummary({ ...evaluation, metrics }, plain).join('\n');
    expect(text).toContain(`the champion’s ${first!.name} is undefined: no row is of class "yes"`);
    expect(text).toContain(`the naive baseline’s ${first!.name} is undefined`);
    expect(text).toContain(`${second!.name} has no interval: it is undefined in 400 of 1000 resamples`);
  });

  test('says that no gates are declared', () => {
    const text = evaluationSummary({ ...sampleRegression(), gates: [] }, plain).join('\n');
    expect(text).toContain('No gates are declared: validate.gates in ciclo.yml says what a good model is.');
  });

  test('is the same in colour', () => {
    const coloured = evaluationSummary(sampleBinary(), { style: createStyle(true), width: 80 });
    expect(coloured.join('\n')).toContain('\u001b[31m');
    expect(coloured.map(stripVTControlCharacters)).toEqual(evaluationSummary(sampleBinary(), plain));
  });
});
