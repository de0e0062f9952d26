import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { share, tolerance } from './values.ts';

describe('share', () => {
  it('is the same number after it is written and read', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (value) => {
        expect(share.parse(z.encode(share, share.parse(value)))).toBe(share.parse(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('is written as the shortest percentage', () => {
    expect([0, 0.07, 0.2, 0.123, 1].map((value) => z.encode(share, value))).toEqual([
      '0%',
      '7%',
      '20%',
      '12.3%',
      '100%',
    ]);
  });
});

describe('tolerance', () => {
  it('keeps absolute and relative apart, and every digit', () => {
    const written = fc.oneof(
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.nat({ max: 10_000_000 }).map((n) => `${n / 10_000}%`),
    );
    fc.assert(
      fc.property(written, (value) => {
        const read = tolerance.parse(value);
        expect(read.relative).toBe(typeof value === 'string');
        expect(tolerance.parse(z.encode(tolerance, read))).toEqual(read);
      }),
      { numRuns: 2000 },
    );
  });
});
