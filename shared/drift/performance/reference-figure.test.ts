import { describe, expect, test } from 'vitest';
import { noShorter } from './reference-figure.ts';

describe('the interval of a window', () => {
  const evaluation = { value: 0.565, low: 0.512, high: 0.612 };
  const share = { low: 0, high: 1 };

  test('is not of no length where its few positive rows are all missed', () => {
    // 1,771 rows of the evaluation, 54 of the window: 5.7 times as long as 0.047 on either side.
    const { value, low, high } = noShorter({ value: 0, low: 0, high: 0 }, evaluation, {
      ...share,
      times: Math.sqrt(1771 / 54),
    });
    expect([value, low]).toEqual([0, 0]);
    expect(high).toBeCloseTo(0.269, 3);
  });

  test('is its own where that is longer', () => {
    const own = { value: 0.4, low: 0.1, high: 0.7 };
    expect(noShorter(own, evaluation, { ...share, times: 2 })).toEqual(own);
  });

  test('of which nothing is known stays so', () => {
    const unknown = { value: null, low: null, high: null };
    expect(noShorter(unknown, evaluation, { ...share, times: 2 })).toEqual(unknown);
    const value = { value: 0.4, low: 0.3, high: 0.5 };
    expect(noShorter(value, unknown, { ...share, times: 2 })).toEqual(value);
  });
});
