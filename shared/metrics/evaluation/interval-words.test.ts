import { describe, expect, it } from 'vitest';
import { intervalWords } from './interval-words.ts';

describe('intervals in words', () => {
  const bootstrap = { method: 'auto', resamples: 1000, confidence: 0.95, seed: 1 } as const;

  it.each([
    [bootstrap, '95% by the method of each metric, 1,000 resamples, seed 1'],
    [{ ...bootstrap, method: 'bca', confidence: 0.9 } as const, '90% BCa bootstrap, 1,000 resamples, seed 1'],
    [
      { ...bootstrap, rows: 100_000 },
      '95% by the method of each metric, 1,000 resamples of 100,000 rows, scaled to all (the ends are known to about 5% of the half-width), seed 1',
    ],
  ])('%j', (settings, words) => {
    expect(intervalWords(settings)).toBe(words);
  });
});
