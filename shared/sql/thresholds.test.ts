import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countCells } from '../dataset/profile/cells.ts';
import { thresholdsOf } from './thresholds.ts';

const double = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0.1 + 0.2, 0.3, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324, 0),
);

describe('thresholds', () => {
  test('have for each point a bucket of its own', () => {
    const points = fc.uniqueArray(double, { maxLength: 12, comparator: (a, b) => a === b });
    fc.assert(
      fc.property(points, fc.array(double, { maxLength: 30 }), (unordered, drawn) => {
        const ascending = unordered.toSorted((a, b) => a - b);
        const values = [...drawn, ...ascending];
        const { at, between } = countCells(Float64Array.from(ascending), Float64Array.from(values));
        const thresholds = thresholdsOf(ascending);
        const buckets = new Map<number, number>();
        for (const value of values) {
          // How many thresholds lie before the value's bucket.
          const bucket = thresholds.values.filter((one) => one <= value).length;
          buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
        }
        expect(thresholds.values.every((one, i) => i === 0 || one > thresholds.values[i - 1]!)).toBe(true);
        expect(thresholds.cells(buckets)).toEqual({ at: [...at], between: [...between] });
      }),
    );
  });
});
