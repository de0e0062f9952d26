import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponential, logarithm } from './exponential.ts';

/** The distance to the next larger number. */
function unitOf(value: number): number {
  return Math.max(2 ** (Math.floor(Math.log2(Math.abs(value))) - 52), Number.MIN_VALUE);
}

describe('exponential and logarithm', () => {
  // Python's decimal at 50 digits, rounded to a double: float(Decimal(x).exp()), float(Decimal(x).ln()).
  it.each([
    [-1, 0.36787944117144233],
    [0.1, 1.1051709180756477],
    [20.5, 799902177.4755054],
    [-700, 9.85967654375977e-305],
    [700, 1.0142320547350045e304],
    [-745, 5e-324],
  ])('gives e to the power of %f to within a unit in the last place', (x, expected) => {
    expect(Math.abs(exponential(x) - expected)).toBeLessThanOrEqual(unitOf(expected));
  });

  it.each([
    [1e-300, -690.7755278982137],
    [5e-324, -744.4400719213812],
    [1e300, 690.7755278982137],
    [1.0000000001, 1.000000082690371e-10],
    [3, 1.0986122886681098],
  ])('gives the logarithm of %f to within a unit in the last place', (x, expected) => {
    expect(Math.abs(logarithm(x) - expected)).toBeLessThanOrEqual(unitOf(expected));
  });

  it('agrees with the functions of the engine, which may differ in the last bit', () => {
    fc.assert(
      fc.property(fc.double({ min: -745, max: 709, noNaN: true }), (x) => {
        expect(Math.abs(exponential(x) - Math.exp(x))).toBeLessThanOrEqual(2 * unitOf(Math.exp(x)));
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThanOrEqual(2 * unitOf(Math.log(x) || 1));
      }),
    );
  });

  it('knows what has no finite answer', () => {
    expect(exponential(Number.NaN)).toBeNaN();
    expect(exponential(710)).toBe(Number.POSITIVE_INFINITY);
    expect(exponential(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(exponential(0)).toBe(1);
    expect(logarithm(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(logarithm(-1)).toBeNaN();
    expect(logarithm(1)).toBe(0);
    expect(logarithm(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});
