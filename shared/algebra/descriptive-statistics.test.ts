import { expect, it } from 'vitest';
import { quantileSorted } from './descriptive-statistics.ts';
import fixtures from './fixtures/algebra.json' with { type: 'json' };

it('quantiles of sorted numbers are those of numpy', () => {
  for (const { sorted, shares, quantiles } of fixtures.quantiles) {
    const values = Float64Array.from(sorted);
    shares.forEach((share, i) => {
      const largest = Math.max(...sorted.map(Math.abs));
      expect(Math.abs(quantileSorted(values, share) - quantiles[i]!)).toBeLessThan(1e-15 * largest);
    });
  }
});
