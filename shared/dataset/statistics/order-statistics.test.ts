import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { countCells } from '../profile/cells.ts';
import { distinctNumbers } from './distinct-numbers.ts';
import { orderStatistics } from './order-statistics.ts';

const anyNumber = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** So many numbers that they are not found by sorting. */
function many(draw: (random: ReturnType<typeof createRandom>, i: number) => number): Float64Array {
  const random = createRandom(7);
  return Float64Array.from({ length: 40_000 }, (_, i) => draw(random, i));
}

describe('order statistics', () => {
  it.each<[string, Float64Array]>([
    ['normal', many((random) => random.normal())],
    ['heavy-tailed', many((random) => Math.exp(20 * random.normal()))],
    ['one outlier', many((random, i) => (i === 99 ? 1e300 : random.next()))],
    ['the whole range', many((random) => (random.next() - 0.5) * Number.MAX_VALUE * 1.9)],
    ['ties', many((random) => random.integer(5))],
    ['one value', many(() => 3)],
    ['neighbouring doubles', many((random) => 1 + random.integer(3) * Number.EPSILON)],
    ['subnormal', many((random) => random.integer(100) * Number.MIN_VALUE)],
  ])('are those of the sorted values: %s', (_, values) => {
    const sorted = values.slice().sort();
    const ranks = [0, 1, 39_999, 20_000, 19_999, 777, 30_001, 30_001];
    expect(orderStatistics(values, ranks)).toEqual(ranks.map((rank) => sorted[rank]! + 0));
  });

  it('are those of the sorted values, of very many and of many ranks', () => {
    const random = createRandom(9);
    const values = Float64Array.from({ length: 2_200_000 }, () => Math.exp(3 * random.normal()));
    const sorted = values.slice().sort();
    const last = values.length - 1;
    for (const count of [20, 600]) {
      const ranks = Array.from({ length: count + 1 }, (_, i) => Math.round((i * last) / count));
      expect(orderStatistics(values, ranks)).toEqual(ranks.map((rank) => sorted[rank]));
    }
  });

  it('leave the values as they were', () => {
    const values = many((random) => random.normal());
    const before = values.slice();
    orderStatistics(values, [5, 500]);
    expect(values).toEqual(before);
  });
});

describe('distinct numbers', () => {
  it('are ascending, without missing ones, up to the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyNumber, fc.constant(Number.NaN))),
        fc.integer({ min: 1, max: 20 }),
        (list, limit) => {
          const expected = [
            ...new Set(list.filter((value) => !Number.isNaN(value)).map((value) => value + 0)),
          ].sort((a, b) => a - b);
          const found = distinctNumbers(Float64Array.from(list), limit);
          expect(found && [...found]).toEqual(expected.length > limit ? undefined : expected);
        },
      ),
    );
  });
});

describe('counts at points and between them', () => {
  it('are those of a search through all points', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyNumber.map((value) => value + 0)),
        fc.array(anyNumber),
        // Very many values have a finer grid.
        fc.constantFrom(1, 300),
        (unsorted, extra, times) => {
          const points = Float64Array.from(unsorted).sort();
          const values = Float64Array.from([...extra, ...unsorted, Number.NaN]);
          const all = Float64Array.from(
            { length: times * values.length },
            (_, i) => values[i % values.length]!,
          );
          const { at, between, missing } = countCells(points, all);
          const rowsWhere = (is: (value: number) => boolean): number => times * values.filter(is).length;
          const below = (low: number, high: number): number =>
            rowsWhere((value) => value > low && value < high);
          expect([...at]).toEqual([...points].map((point) => rowsWhere((value) => value === point)));
          const edges = [-Infinity, ...points, Infinity];
          expect([...between]).toEqual(edges.slice(1).map((edge, i) => below(edges[i]!, edge)));
          expect(missing).toBe(times);
        },
      ),
      { numRuns: 300 },
    );
  });
});
