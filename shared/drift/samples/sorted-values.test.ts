import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { countedValues } from './counted-values.ts';
import { sortNumbers } from './sorted-values.ts';

const extremes = [0, 5e-324, -5e-324, 1, -1, Number.MAX_VALUE, -Number.MAX_VALUE, Infinity, -Infinity];
const kinds = ['normal', 'positive', 'negative', 'whole', 'any bits'] as const;

function drawn(kind: (typeof kinds)[number], rows: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const words = new Uint32Array(2);
  const bits = new Float64Array(words.buffer);
  return Float64Array.from({ length: rows }, (_, i) => {
    if (kind === 'any bits') {
      words[0] = random.uint32();
      words[1] = random.uint32();
      return Number.isNaN(bits[0]!) ? 0 : bits[0]! + 0;
    }
    if (i < extremes.length && kind === 'normal') return extremes[i]!;
    if (kind === 'normal') return random.normal();
    if (kind === 'whole') return random.integer(500) - 250;
    return (kind === 'negative' ? -1 : 1) * Math.exp(random.normal() * 50);
  });
}

describe('numbers sorted by their bits', () => {
  it.each(kinds)('are in the order that comparing them gives: %s', (kind) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9000 }), fc.nat(), (rows, seed) => {
        const values = drawn(kind, rows, seed);
        expect(sortNumbers(values.slice(), new Float64Array(values.length))).toEqual(values.toSorted());
      }),
      { numRuns: 15 },
    );
  });
});

describe('counted values', () => {
  it.each(kinds)('are the distinct ones ascending, with how many rows have each: %s', (kind) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6000 }), fc.nat(), (rows, seed) => {
        const values = drawn(kind, rows, seed);
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
