import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortNumbers } from './sorted-numbers.ts';
import { drawnNumbers, numberKinds } from './testing/drawn-numbers.ts';

describe('numbers sorted by their bits', () => {
  it.each(numberKinds)('are in the order that comparing them gives: %s', (kind) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9000 }), fc.nat(), (rows, seed) => {
        const values = drawnNumbers(kind, rows, seed);
        expect(sortNumbers(values.slice(), new Float64Array(values.length))).toEqual(values.toSorted());
      }),
      { numRuns: 15 },
    );
  });
});
