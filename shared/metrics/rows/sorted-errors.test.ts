import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizesOf, sortedDifferences } from './sorted-errors.ts';

describe('sorted errors', () => {
  it('are what the first values are more than the others', () => {
    expect(sortedDifferences(Float64Array.of(3, 1, 5), Float64Array.of(1, 4, 5))).toEqual(
      Float64Array.of(-3, 0, 2),
    );
  });

  it('have the sizes that sorting their absolute values gives', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ noNaN: true })));
    fc.assert(
      fc.property(values, (sample) => {
        const sizes = sizesOf(Float64Array.from(sample).sort());
        expect(sizes).toEqual(Float64Array.from(sample, Math.abs).sort());
      }),
    );
  });
});
