import { expect, test } from 'vitest';
import { estimatedWords } from './estimated-words.ts';

const estimated = {
  metric: 'rmse',
  current: { value: 3.13, low: 2.9, high: 3.4 },
  reference: { value: 3.15, low: 2.8, high: 3.5 },
  worse: { value: -0.02, low: -0.4, high: 0.5 },
  'worse-relative': { value: -0.005, low: -0.12, high: 0.16 },
  limit: 0.315,
  'limit-relative': 0.1,
  confidence: 0.983,
  suspected: false,
};

test('an estimate inside its error is neither better nor worse', () => {
  expect(estimatedWords(estimated)).toBe(
    'rmse is estimated at 3.13, no change beyond chance from the evaluation’s 3.15 (98.3% interval of the change −12% to 16%, assuming no concept drift; alarm threshold 10%)',
  );
});

test('an estimate beyond its error says by how much, assuming no concept drift', () => {
  const change = {
    worse: { value: 1, low: 0.5, high: 1.6 },
    'worse-relative': { value: 0.32, low: 0.15, high: 0.5 },
  };
  expect(estimatedWords({ ...estimated, ...change, suspected: true })).toBe(
    'rmse is estimated at 3.13, worse by 1 (32%) than the evaluation’s 3.15 (98.3% interval of the change 15% to 50%, assuming no concept drift; all of it above the alarm threshold of 10%)',
  );
});
