import { expect, test } from 'vitest';
import { trialsOf } from './trial-plan.ts';

const endless = Number.POSITIVE_INFINITY;

test('trials are shared out evenly, and what one candidate has no use for others get', () => {
  const candidates = [
    { others: 1, work: 1 },
    { others: endless, work: 5 },
    { others: endless, work: 9 },
  ];
  // Each candidate's own is one of the trials.
  expect(trialsOf(candidates, { trials: 30, work: 1e9 })).toEqual([1, 13, 13]);
  expect(trialsOf(candidates, { trials: 3, work: 1e9 })).toEqual([0, 0, 0]);
  expect(trialsOf(candidates, { trials: 2, work: 1e9 })).toEqual([0, 0, 0]);
});

test('no more is tried than the work allows; of dear ones fewer', () => {
  const candidates = [
    { others: endless, work: 1 },
    { others: endless, work: 100 },
  ];
  expect(trialsOf(candidates, { trials: 42, work: 230 })).toEqual([30, 2]);
  expect(trialsOf(candidates, { trials: 42, work: 0.5 })).toEqual([0, 0]);
  expect(trialsOf([], { trials: 42, work: 10 })).toEqual([]);
});
