import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnNumbers, numberKinds } from '../../algebra/testing/drawn-numbers.ts';
import { countedValues } from './counted-values.ts';

describe('counted values', () => {
  it.each(numberKinds)('are the distinct ones ascending, with how many rows have each: %s', (kind) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6000 }), fc.nat(), (rows, seed) => {
        const values = drawnNumbers(kind, rows, seed);
        const expected = new Map<number, number>();
        for (const value of values.toSorted()) expected.set(value, (expected.get(value) ?? 0) + 1);
        const counted = countedValues(Float64Array.of(Number.NaN, ...values));
        expect([...counted.values]).toEqual([...expected.keys()]);
        expect([...counted.counts]).toEqual([...expected.values()]);
      }),
      { numRuns: 15 },
    );
  });

  it('are exact for whole numbers far above those that a double tells apart by one', () => {
    const large = 2 ** 60;
    const counted = countedValues(Float64Array.from({ length: 100 }, (_, i) => large + 256 * (i % 2)));
    expect([...counted.values]).toEqual([large, large + 256]);
    expect([...counted.counts]).toEqual([50, 50]);
  });
});
