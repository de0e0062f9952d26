import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCorrelation } from './descriptive-statistics.ts';
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

it('is, to the last bit, the correlation that simple-statistics finds of the ranks', () => {
  const value = fc.oneof(
    fc.integer({ min: -4, max: 4 }),
    fc.double({ noDefaultInfinity: true }),
    fc.constant(-0),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 600 }), (pairs) => {
      const known = pairs.filter(([x, y]) => !Number.isNaN(x) && !Number.isNaN(y));
      const [a, b] = [0, 1].map((side) => Float64Array.from(known, (pair) => pair[side]!)) as [
        Float64Array,
        Float64Array,
      ];
      const rho = known.length < 2 ? Number.NaN : sampleCorrelation(midranks(a), midranks(b));
      const found = rankCorrelation(
        orderingOf(Float64Array.from(pairs, ([x]) => x)),
        orderingOf(Float64Array.from(pairs, ([, y]) => y)),
      );
      expect(found).toEqual({ rows: known.length, rho: Math.min(1, Math.max(-1, rho)) });
    }),
    { numRuns: 300 },
  );
});
