import { describe, expect, it } from 'vitest';
import fixtures from './fixtures/algebra.json' with { type: 'json' };
import { midranks, orderingOf, rankCorrelation } from './rank-correlation.ts';

function numbers(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

describe.each(fixtures.correlated)('two columns: $name', ({ a, b, ranks, rows, rho }) => {
  it('have the ranks of scipy.stats.rankdata', () => {
    expect(midranks(numbers(a))).toEqual(numbers(ranks));
  });

  it('have the correlation of scipy.stats.spearmanr, whichever comes first', () => {
    for (const found of [
      rankCorrelation(orderingOf(numbers(a)), orderingOf(numbers(b))),
      rankCorrelation(orderingOf(numbers(b)), orderingOf(numbers(a))),
    ]) {
      expect(found.rows).toBe(rows);
      expect(Math.abs(found.rho - rho)).toBeLessThan(1e-14);
      expect(Math.abs(found.rho)).toBeLessThanOrEqual(1);
    }
  });
});

it.each<[string, number[], number[], number]>([
  ['a column with a single value', [4, 4, 4], [1, 2, 3], 3],
  ['one row that both know', [1, Number.NaN, 3], [Number.NaN, 2, 3], 1],
  ['no rows', [], [], 0],
])('%s has no correlation', (_, a, b, rows) => {
  const found = rankCorrelation(orderingOf(Float64Array.from(a)), orderingOf(Float64Array.from(b)));
  expect(found).toEqual({ rows, rho: Number.NaN });
});
