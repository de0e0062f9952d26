import { describe, expect, it } from 'vitest';
import { exactMedian } from './exact-median.ts';

/** 0, 1, 2 …: a value is its own rank. */
const ranks = (rows: number) => Float64Array.from({ length: rows }, (_, i) => i);

describe('the exact interval of a median', () => {
  // scipy: k = max(j for j in range(n) if stats.binom.cdf(j, n, 0.5) <= 0.025); ranks k and n − 1 − k, from 0.
  it.each([
    [6, 0, 5],
    [7, 0, 6],
    [40, 13, 26],
    [101, 40, 60],
  ])('of %d values lies between the ranks of the binomial distribution', (rows, low, high) => {
    expect(exactMedian(ranks(rows), 0.95)).toEqual({ low, high });
  });

  it('of very many values is at most one rank longer', () => {
    const { low, high } = exactMedian(ranks(3000), 0.95)!;
    expect(1445 - low).toBeGreaterThanOrEqual(0);
    expect(1445 - low).toBeLessThanOrEqual(1);
    expect(high - 1554).toBeLessThanOrEqual(1);
  });

  it('does not exist of so few values that their range does not hold it surely enough', () => {
    expect(exactMedian(ranks(5), 0.95)).toBeUndefined();
    expect(exactMedian(ranks(5), 0.9)).toEqual({ low: 0, high: 4 });
  });
});
