import { expect, test } from 'vitest';
import { measuredWords } from './measured-words.ts';

const measured: Parameters<typeof measuredWords>[0] = {
  outcome: 'measured',
  metric: 'rmse',
  better: 'lower',
  reference: { value: 3.59, low: 3.15, high: 4.43 },
  current: { value: 5.5, low: 4.4, high: 6.7 },
  worse: { value: 1.91, low: 0.7, high: 3.2 },
  'worse-relative': { value: 0.53, low: 0.18, high: 0.95 },
  limit: 0.359,
  'limit-relative': 0.1,
  confidence: 0.95,
  detectable: { worse: 3.5, relative: 0.98 },
  degraded: false,
  suspected: false,
  rows: { reference: 338, current: 60, unlabelled: 0 },
  periods: [],
};

test('a change whose interval lies beyond the threshold, and does not alarm, says why', () => {
  expect(measuredWords(measured).headline).toBe(
    'rmse is 53% worse than in the evaluation, on 60 rows: inconclusive after correcting for repeated checks (smallest detectable worsening 98%)',
  );
  const wider = { ...measured, 'worse-relative': { value: 0.53, low: 0.02, high: 1.2 } };
  expect(measuredWords(wider).headline).toBe(
    'rmse is 53% worse than in the evaluation, on 60 rows: inconclusive (smallest detectable worsening 98%)',
  );
});

test('a change is never better by more than 100%, however much its interval was lengthened', () => {
  const better = {
    ...measured,
    current: { value: 0.4, low: -0.1, high: 0.9 },
    worse: { value: -3.19, low: -3.7, high: -2.6 },
    'worse-relative': { value: -0.89, low: -1.03, high: -0.74 },
  };
  expect(measuredWords(better).reasons[0]).toContain('95% interval of the change −100% to −74%');
});
