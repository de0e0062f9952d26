import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { poissonPairs, tableSize, undecidedPair } from './poisson-table.ts';
import { createResampler } from './resampler.ts';

describe('a resample', () => {
  it('draws as many rows as there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer(), (rows, seed) => {
        const resampler = createResampler(rows, createRandom(seed));
        for (let i = 0; i < 5; i++) {
          const { counts, total } = resampler.next();
          expect(counts.length).toBe(rows);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
          expect(total).toBe(rows);
        }
      }),
    );
  });

  it('is the same for the same seed and another for another', () => {
    const draw = (seed: number) => createResampler(1000, createRandom(seed)).next().counts;
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  // Of a multinomial: a row's count is binomial(n, 1/n), and two rows' counts have the covariance −1/n.
  it.each([2, 5, 16, 17, 60, 601])('of %d rows has multinomial counts', (rows) => {
    const resampler = createResampler(rows, createRandom(`rows ${rows}`));
    const resamples = Math.ceil(400_000 / rows);
    const seen = new Float64Array(12);
    const perRow = new Float64Array(rows);
    let products = 0;
    for (let r = 0; r < resamples; r++) {
      const { counts } = resampler.next();
      for (let i = 0; i < rows; i++) {
        seen[Math.min(counts[i]!, 11)]!++;
        perRow[i]! += counts[i]!;
        products += (counts[i]! - 1) * (counts[(i + 1) % rows]! - 1);
      }
    }
    const draws = rows * resamples;
    let chance = (1 - 1 / rows) ** rows;
    for (let k = 0; k <= Math.min(rows, 6); k++) {
      // Five standard deviations; rows of a resample depend on each other, which narrows the spread.
      const spread = 5 * Math.sqrt(draws * chance * (1 - chance)) + 1;
      expect(Math.abs(seen[k]! - draws * chance), `count ${k}`).toBeLessThan(spread);
      chance *= (rows - k) / ((k + 1) * (rows - 1));
    }
    for (let i = 0; i < rows; i++) {
      expect(Math.abs(perRow[i]! - resamples), `row ${i}`).toBeLessThan(5 * Math.sqrt(resamples));
    }
    expect(Math.abs(products / draws + 1 / rows)).toBeLessThan(5 / Math.sqrt(draws));
  });
});

describe('the table of Poisson pairs', () => {
  it.each([0, 0.2, 0.7, 0.9873, 1])('holds, with its rest, the exact chances at mean %d', (mean) => {
    const { pairs, rest, cumulative } = poissonPairs(mean);
    const open = pairs.reduce((sum, pair) => sum + Number(pair === undecidedPair), 0);
    const chanceOf = (pair: number): number => {
      const whole = pairs.reduce((sum, entry) => sum + Number(entry === pair), 0);
      const at = rest.indexOf(pair);
      const part = at < 0 ? 0 : cumulative[at]! - (cumulative[at - 1] ?? 0);
      return (whole + part * open) / tableSize;
    };
    const poisson = [1, mean, mean ** 2 / 2, mean ** 3 / 6, mean ** 4 / 24].map(
      (term) => term * Math.exp(-mean),
    );
    for (const [i, p] of poisson.entries()) {
      for (const [j, q] of poisson.entries()) expect(chanceOf(i + 256 * j)).toBeCloseTo(p * q, 12);
    }
  });
});
