import { describe, expect, it } from 'vitest';
import { doubtOf, outcomeOf, outcomeSentence } from './gate-outcome.ts';

describe('an outcome', () => {
  it.each([
    { value: null, low: 1, high: 2 },
    { value: 3, low: null, high: 3 },
    { value: 3, low: 3, high: null },
  ])('is inconclusive of %j, on either side of the bound', (interval) => {
    expect(outcomeOf(interval, 4, 'at most')).toBe('inconclusive');
    expect(outcomeOf(interval, 0, 'at least')).toBe('inconclusive');
  });
});

describe('a sentence', () => {
  it.each([
    [{ value: null, low: 1, high: 2, reason: 'one class only' }, 'It cannot be measured: one class only.'],
    [{ value: null, low: null, high: null }, 'It cannot be measured: it is undefined.'],
    [{ value: 3, low: null, high: 4, reason: 'few rows' }, 'There is no interval: few rows.'],
    [{ value: 3, low: 2, high: null, reason: 'few rows' }, 'There is no interval: few rows.'],
    [{ value: 3, low: null, high: null }, 'There is no interval: it is undefined.'],
  ])('says of %j why nothing can be told', (interval, sentence) => {
    expect(outcomeSentence(interval, 4, 'at most', 200)).toBe(sentence);
  });

  const across = 'The interval reaches across the bound, so 200 rows cannot tell;';
  it.each([
    ['at most', [2, 1, 4], 'No part of the interval lies above the bound.'],
    ['at most', [6, 5, 7], 'The whole interval lies above the bound.'],
    ['at most', [4, 3, 5], `${across} the value itself is within the bound.`],
    ['at most', [4.5, 3, 5], `${across} the value itself is beyond the bound.`],
    ['at least', [6, 4, 7], 'No part of the interval lies below the bound.'],
    ['at least', [2, 1, 3], 'The whole interval lies below the bound.'],
    ['at least', [4, 3, 5], `${across} the value itself is within the bound.`],
    ['at least', [3.5, 3, 5], `${across} the value itself is beyond the bound.`],
  ] as const)('%s 4 of %j: %s', (side, [value, low, high], sentence) => {
    expect(outcomeSentence({ value, low, high }, 4, side, 200)).toBe(sentence);
  });
});

describe('a doubt', () => {
  it.each([
    ['at most', [2, 1, 4], undefined],
    ['at most', [6, 5, 7], undefined],
    ['at most', [4, 3, 5], 'within'],
    ['at most', [4.5, 3, 5], 'beyond'],
    ['at least', [4, 3, 5], 'within'],
    ['at least', [3.5, 3, 5], 'beyond'],
    ['at most', [null, 3, 5], 'unmeasured'],
    ['at most', [9, null, 9], 'unmeasured'],
    ['at least', [3, 3, null], 'unmeasured'],
  ] as const)('%s 4 of %j is %s', (side, [value, low, high], doubt) => {
    expect(doubtOf({ value, low, high }, 4, side)).toBe(doubt);
  });
});
