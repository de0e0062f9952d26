import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stratumQuotas } from './stratum-quotas.ts';

const counts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 12 });

describe('rows that strata give to a sample', () => {
  test('are in the proportion of their rows', () => {
    expect(stratumQuotas([600, 400], 10)).toEqual([6, 4]);
    expect(stratumQuotas([30_000_000, 1_000_000, 482_113], 2_000_000).map((n) => n / 2_000_000)).toEqual([
      expect.closeTo(30 / 31.482113, 6),
      expect.closeTo(1 / 31.482113, 6),
      expect.closeTo(0.482113 / 31.482113, 6),
    ]);
  });

  test('are all rows where these fit, and one at least of each stratum where they do not', () => {
    expect(stratumQuotas([3, 4], 7)).toEqual([3, 4]);
    expect(stratumQuotas([999_999, 1], 100)).toEqual([99, 1]);
  });

  test('are the budget together, each within as many rows of its share as there are strata', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 20, max: 20_000 }), (rows, budget) => {
        const total = rows.reduce((sum, n) => sum + n, 0);
        const quotas = stratumQuotas(rows, budget);
        expect(quotas.reduce((all, n) => all + n, 0)).toBe(Math.min(budget, total));
        for (const [i, quota] of quotas.entries()) {
          const share = Math.min(1, budget / total) * rows[i]!;
          expect(quota).toBeGreaterThanOrEqual(Math.max(1, Math.floor(share - rows.length)));
          expect(quota).toBeLessThanOrEqual(Math.min(rows[i]!, share + rows.length));
        }
      }),
    );
  });

  test('are those of the seats that a parliament has by d’Hondt', () => {
    // https://en.wikipedia.org/wiki/D'Hondt_method: 8 seats, without the party that gets none.
    expect(stratumQuotas([100_000, 80_000, 30_000], 8)).toEqual([4, 3, 1]);
  });

  test('never become fewer as the budget grows', () => {
    fc.assert(
      fc.property(counts, fc.nat({ max: 10_000 }), fc.nat({ max: 500 }), (rows, budget, more) => {
        const [small, large] = [stratumQuotas(rows, budget), stratumQuotas(rows, budget + more)];
        for (const [i, quota] of small.entries()) expect(large[i]).toBeGreaterThanOrEqual(quota);
      }),
    );
  });
});
