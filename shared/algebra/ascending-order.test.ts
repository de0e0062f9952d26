import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ascendingOrder } from './ascending-order.ts';

/** What it replaces. */
function compared(values: Float64Array): number[] {
  return Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
}

const number = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  // Neighbours that differ only in the lower half of their bits.
  fc.integer({ min: 0, max: 1e9 }).map((step) => 1.7e12 + step),
  fc.constantFrom(0, -0, 1, 1 + Number.EPSILON, -1, -1 - Number.EPSILON, 5e-324, -5e-324, 1e308, -1e308),
);

describe('the ascending order of values', () => {
  test('is that of comparing them, of few and of many, equal ones in their places', () => {
    const values = fc.array(number, { minLength: 1, maxLength: 60 });
    const copies = fc.constantFrom(1, 50, 120);
    fc.assert(
      fc.property(values, copies, (some, times) => {
        const all = Float64Array.from({ length: some.length * times }, (_, i) => {
          const value = some[(i * 7) % some.length]!;
          return i % 3 === 0 ? value : value + (value * (i % 11)) / 1e10;
        });
        expect([...ascendingOrder(all)]).toEqual(compared(all));
      }),
      { numRuns: 60 },
    );
  });

  test('holds where all upper halves are the same', () => {
    const times = Float64Array.from({ length: 5000 }, (_, i) => 1.7e12 + ((i * 7919) % 5000));
    expect([...ascendingOrder(times)]).toEqual(compared(times));
  });
});
