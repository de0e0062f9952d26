import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { quantilesOf } from './order-statistics.ts';
import { publishedBounds, publishedQuantiles } from './published-values.ts';

const day = 86_400_000;

function countOf(values: Float64Array, is: (value: number) => boolean): number {
  return values.filter(is).length;
}

/** Columns of many kinds: real, whole, rounded, heavy-tailed, few values, mostly one value. */
const anyValues = fc
  .tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 5, max: 600 }), fc.nat(5))
  .map(([seed, rows, kind]) => {
    const random = createRandom(seed);
    const draws: (() => number)[] = [
      () => random.normal() * 1234.5678,
      () => Math.exp(3 * random.normal()),
      () => random.integer(90),
      () => Math.round(100 * random.normal()) / 10,
      () => random.integer(4),
      () => (random.next() < 0.9 ? 0 : random.normal()),
    ];
    return Float64Array.from({ length: rows }, draws[kind]!);
  });

describe('published bounds', () => {
  it('leave a few rows out at either end, and are no value of real ones', () => {
    const random = createRandom(1);
    const values = Float64Array.from({ length: 400 }, () => 100 * random.normal());
    const [low, high] = publishedBounds(values, 'number')!;
    for (const outside of [
      countOf(values, (value) => value < low),
      countOf(values, (value) => value > high),
    ]) {
      expect(outside).toBeGreaterThanOrEqual(5);
      expect(outside).toBeLessThan(10);
    }
    expect(countOf(values, (value) => value === low || value === high)).toBe(0);
  });

  it('have five rows at or beyond them, whatever the column', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const bounds = publishedBounds(values, 'number');
        if (!bounds) return;
        const [low, high] = bounds;
        expect(low).toBeLessThanOrEqual(high);
        expect(countOf(values, (value) => value <= low)).toBeGreaterThanOrEqual(5);
        expect(countOf(values, (value) => value >= high)).toBeGreaterThanOrEqual(5);
      }),
    );
  });

  it('are the ends themselves where five rows have them, and whole among whole numbers', () => {
    const column = [...Array<number>(5).fill(0), ...Array.from({ length: 100 }, (_, i) => i + 1)];
    const [low, high] = publishedBounds(
      Float64Array.from([...column, ...Array<number>(9).fill(120)]),
      'number',
    )!;
    expect([low, high]).toEqual([0, 120]);
    const ages = Float64Array.from({ length: 300 }, (_, i) => 20 + Math.floor(i / 3));
    expect(publishedBounds(ages, 'number')!.every(Number.isInteger)).toBe(true);
  });

  it('are days or noons of dates, and nothing of fewer than five rows', () => {
    const dates = Float64Array.from({ length: 60 }, (_, i) => Date.UTC(2024, 0, 1) + i * day);
    const [low, high] = publishedBounds(dates, 'date')!;
    expect([low % (day / 2), high % (day / 2)]).toEqual([0, 0]);
    expect([low > dates[4]!, high < dates[55]!]).toEqual([true, true]);
    expect(publishedBounds(Float64Array.of(1, 2, 3, 4), 'number')).toBeUndefined();
  });
});

describe('published quantiles', () => {
  it('are the quantiles, unless fewer than five rows have them; then they lie within five rows', () => {
    const shares = [0, 0.05, 0.25, 0.5, 0.75, 1];
    fc.assert(
      fc.property(anyValues, (values) => {
        const sorted = values.toSorted();
        const exact = quantilesOf(values, shares);
        for (const [i, quantile] of publishedQuantiles(values, shares, 'number').entries()) {
          const rows = countOf(values, (value) => value === exact[i]);
          if (rows === 0 || rows >= 5) expect(quantile).toBe(exact[i]);
          const rank = shares[i]! * (values.length - 1);
          expect(quantile).toBeGreaterThanOrEqual(sorted[Math.max(0, Math.floor(rank) - 10)]!);
          expect(quantile).toBeLessThanOrEqual(sorted[Math.min(sorted.length - 1, Math.ceil(rank) + 10)]!);
        }
      }),
    );
  });
});
