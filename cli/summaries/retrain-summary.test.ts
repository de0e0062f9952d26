import { expect, test } from 'vitest';
import { createStyle } from '../terminal/style.ts';
import { retrainLines } from './retrain-summary.ts';

const layout = { style: createStyle(false), width: 80 };
const report = { headline: 'No drift' };

test('a check after which nothing is due does not say its headline again', () => {
  expect(retrainLines({ report, why: 'No drift', action: { reason: 'No drift' } }, layout)).toEqual([
    'Retrain  nothing to do',
  ]);
});

test('what came of a retraining is said once each', () => {
  const challenger = { evaluation: { headline: 'better by 1' } };
  const words = { report, why: 'newer data', action: { reason: '#1 opened' }, challenger };
  expect(retrainLines(words, layout)).toEqual([
    'Retrain  newer data',
    '         better by 1',
    '         #1 opened',
  ]);
});
