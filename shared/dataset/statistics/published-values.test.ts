import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { edgeBetween, stepOfValues } from './bin-edge.ts';
import { quantilesOf } from './order-statistics.ts';
import { publishedBounds } from './published-bounds.ts';
import { publishedMedian, publishedPlaces, publishedQuantiles } from './published-values.ts';

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

describe('what is published of many ranks at once', () => {
  const type = 'number';
  const sortedOf = (values: Float64Array): number[] =>
    [...values].map((value) => value + 0).sort((a, b) => a - b);

  /** By its definition: every row is looked at. */
  function published(value: number, rank: number, sorted: readonly number[]): number {
    const rows = sorted.filter((other) => other === value).length;
    if (rows === 0 || rows >= 5) return value;
    const last = sorted.length - 1;
    const from = Math.min(Math.max(0, rank - 5), Math.max(0, last - 10));
    const [below, above] = [sorted[from]!, sorted[Math.min(last, from + 10)]!];
    return edgeBetween(below, above, { type }) ?? below / 2 + above / 2;
  }

  function bounds(values: Float64Array): [number, number] | undefined {
    const sorted = sortedOf(values);
    const step = stepOfValues([...values.subarray(0, 1000)], type) === 1 ? 1 : 0;
    const end = (outer: number, inside: number): number | undefined => {
      if (sorted.filter((other) => other === outer).length >= 5) return outer;
      return outer <= inside
        ? edgeBetween(outer, Math.max(inside, outer + 2 * step), { type })
        : edgeBetween(Math.min(inside, outer - 2 * step), outer, { type });
    };
    const far = Math.min(9, sorted.length - 1);
    const [from, to] = [end(sorted[4]!, sorted[far]!), end(sorted.at(-5)!, sorted.at(-1 - far)!)];
    return from !== undefined && to !== undefined && from <= to ? [from, to] : undefined;
  }

  it('is what the definition says of each, whatever the column', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
    fc.assert(
      fc.property(anyValues, shares, (values, wanted) => {
        const sorted = sortedOf(values);
        const last = sorted.length - 1;
        const rank = Math.floor(last / 2);
        const [low, high] = [sorted[rank]!, sorted[Math.ceil(last / 2)]!];
        const expected = {
          bounds: bounds(values),
          quantiles: quantilesOf(values, wanted).map((value, i) =>
            published(value, Math.round(wanted[i]! * last), sorted),
          ),
          median: published(low === high ? low : low / 2 + high / 2, rank, sorted),
        };
        expect(publishedPlaces(values, wanted, type)).toEqual(expected);
        expect({
          bounds: publishedBounds(values, type),
          quantiles: publishedQuantiles(values, wanted, type),
          median: publishedMedian(values, type),
        }).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('is the same of values of which some are missing, and of some rows', () => {
    fc.assert(
      fc.property(anyValues, fc.integer({ min: 2, max: 6 }), (values, every) => {
        const gaps = values.map((value, row) => (row % every === 0 ? Number.NaN : value));
        const present = values.filter((_, row) => row % every !== 0);
        const rows = Uint32Array.from(values.keys()).filter((row) => row % 3 !== 1);
        const some = Float64Array.from(rows, (row) => gaps[row]!).filter((value) => !Number.isNaN(value));
        const boundsIn = (column: Float64Array) => (column.length < 5 ? undefined : bounds(column));
        expect(publishedBounds(gaps, type)).toEqual(boundsIn(present));
        expect(publishedBounds(gaps, type, rows)).toEqual(boundsIn(some));
      }),
    );
  });
});
