import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { edgeBetween } from '../statistics/bin-edge.ts';
import { type Column, tableOf } from '../table/table.ts';
import { dates, numbers, schemaOf } from '../testing/dataset-builders.ts';
import { mergeProfiles, type Profile, profileOver, profileSchema, profileTable } from './profile.ts';
import { withMinCount } from './profile-publication.ts';
import type { NumberProfile } from './profile-schema.ts';

const least = 5;
const day = 86_400_000;

function published(column: Column): NumberProfile {
  const table = tableOf([['x', column]]);
  return numbersIn(profileTable(table, schemaOf(table), { minCount: least }));
}

function numbersIn({ columns: [column] }: Profile): NumberProfile {
  if (column?.type !== 'number' && column?.type !== 'date') throw new Error('numbers were expected');
  return column;
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** Rows of the values themselves in each open interval and at each point. */
function countedBy(
  points: readonly number[],
  values: readonly number[],
): { at: number[]; between: number[] } {
  const at = points.map((point) => values.filter((value) => value === point).length);
  const ends = [Number.NEGATIVE_INFINITY, ...points, Number.POSITIVE_INFINITY];
  const between = ends
    .slice(1)
    .map((end, i) => values.filter((value) => value > ends[i]! && value < end).length);
  return { at, between };
}

/** Columns of many kinds: real values, few and many ties, rounded, heavy-tailed, mostly one value with strays. */
const anyValues = fc
  .tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 10, max: 700 }), fc.nat(6))
  .map(([seed, rows, kind]) => {
    const random = createRandom(seed);
    const draws: (() => number)[] = [
      () => random.normal(),
      () => Math.exp(3 * random.normal()),
      () => random.integer(7),
      () => Math.round(10 * random.normal()) / 10,
      () => (random.next() < 0.7 ? 0 : random.normal()),
      () => (random.next() < 0.98 ? 1 : -random.integer(9)),
      () => 1e9 + random.integer(400),
    ];
    return Array.from({ length: rows }, draws[kind]!);
  });

describe('a published column of numbers', () => {
  it('shows real values in bins, as many as at least five rows each allow, up to 256', () => {
    const random = createRandom(1);
    const draw = (rows: number): number[] => Array.from({ length: rows }, () => random.normal());
    expect(published(numbers(draw(600))).between.length).toBe(120);
    const large = published(numbers(draw(20_000)));
    expect(large.support).toBe('bins');
    expect(large.between.length).toBeGreaterThan(128);
    expect(large.between.length).toBeLessThanOrEqual(256);
    expect(Math.max(...large.between)).toBeLessThan(20_000 / 100);
  });

  it('has at least five rows in every bin and at every point, and no edge that is a value', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const { points, at, between, moments } = published(numbers(values));
        expect(total(at) + total(between)).toBe(values.length);
        expect([...at, ...between].filter((rows) => rows > 0 && rows < least)).toEqual([]);
        const edges = points.filter((_, i) => at[i] === 0);
        expect(edges.filter((edge) => values.includes(edge))).toEqual([]);
        expect([moments.min, moments.max]).toEqual([null, null]);
        expect(points.toSorted((a, b) => a - b)).toEqual(points);
      }),
      { numRuns: 100 },
    );
  });

  it('counts each row where it lies, but for fewer than five beyond a value of very many', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const { points, at, between } = published(numbers(values));
        const counted = countedBy(points, values);
        const moved = [...at.map((rows, i) => rows - counted.at[i]!)].filter((rows) => rows !== 0);
        expect(moved.every((rows) => rows > 0 && rows < least)).toBe(true);
        if (moved.length === 0) expect(between).toEqual(counted.between);
      }),
      { numRuns: 100 },
    );
  });

  it('of more values than a profile is exact for has at least five rows in every bin, by the rows themselves', () => {
    const random = createRandom(3);
    const kinds: (() => number)[] = [
      () => random.normal(),
      () => Math.exp(2 * random.normal()),
      () => random.integer(1e6),
      () => (random.next() < 0.4 ? 0 : random.normal()),
    ];
    for (const draw of kinds) {
      for (const rows of [2500, 20_000]) {
        const values = Array.from({ length: rows }, draw);
        const { points, at, between } = published(numbers(values));
        const counted = countedBy(points, values);
        expect(total(at) + total(between)).toBe(rows);
        expect(Math.min(...counted.between.filter((count) => count > 0))).toBeGreaterThanOrEqual(least);
        const known = new Set(values);
        expect(points.filter((point, i) => at[i] === 0 && known.has(point))).toEqual([]);
        // Rows on either side of an edge are known to within half of the rows between two quantiles.
        let [shown, truly, most] = [0, 0, 0];
        between.forEach((count, i) => {
          shown += count + (at[i] ?? 0);
          truly += counted.between[i]! + (counted.at[i] ?? 0);
          most = Math.max(most, Math.abs(shown - truly));
        });
        expect(most / rows).toBeLessThan(1 / 512);
      }
    }
  }, 60_000);

  it('keeps few values as they are, each with at least five rows, and the value of many rows among real ones', () => {
    const flags = published(numbers([...Array(90).fill(0), ...Array(10).fill(1)]));
    expect(flags).toMatchObject({ support: 'values', points: [0, 1], at: [90, 10], between: [0, 0, 0] });
    const random = createRandom(2);
    const amounts = published(
      numbers([...Array(300).fill(0), ...Array.from({ length: 200 }, () => 1 + random.next())]),
    );
    expect(amounts.at[amounts.points.indexOf(0)]).toBe(300);
    expect(amounts.points.length).toBeGreaterThan(20);
    // Three refunds would cost the point of 500 rows.
    const strays = published(numbers([-3, -2.5, -1, ...Array(500).fill(0), ...Array(30).fill(1)]));
    expect(strays).toMatchObject({ points: [0, 1], at: [503, 30] });
  });

  it('has rounded edges: fewest digits, noon between two days', () => {
    expect(edgeBetween(3, 4, { type: 'number' })).toBe(3.5);
    expect(edgeBetween(21.37, 21.41, { type: 'number' })).toBe(21.4);
    expect(edgeBetween(-0.001, 1000, { type: 'number' })).toBe(500);
    expect(edgeBetween(52_341, 52_400, { type: 'number', step: 1 })).toBe(52_370.5);
    expect(edgeBetween(1, 1 + Number.EPSILON, { type: 'number' })).toBeUndefined();
    const [first, second] = [Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2)];
    expect(edgeBetween(first, second, { type: 'date' })).toBe(first + day / 2);
    expect(edgeBetween(first, first + 9 * day, { type: 'date' })! % day).toBe(0);
  });

  it('lies strictly between, whatever the two values', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [below, above] = [Math.min(a, b), Math.max(a, b)];
        const edge = edgeBetween(below, above, { type: 'number' });
        if (edge !== undefined) expect(below < edge && edge < above).toBe(true);
        else expect(above - below).toBeLessThanOrEqual(Number.EPSILON * Math.max(-below, above) + 5e-324);
      }),
    );
  });

  it('shows dates in bins too', () => {
    const random = createRandom(4);
    const times = Array.from({ length: 300 }, () =>
      new Date(Date.UTC(2020, 0, 1) + random.integer(1e9) * 60).toISOString(),
    );
    const { points, at, between } = published(dates(times));
    expect(between.length).toBe(60);
    expect(at.every((rows) => rows === 0)).toBe(true);
    // Written to the hour or the minute, not the millisecond.
    expect(points.filter((point) => point % 60_000 === 0).length).toBeGreaterThan(50);
  });

  it('says nothing of fewer rows than five, not even their mean', () => {
    expect(published(numbers([17, 18, null]))).toMatchObject({
      points: [],
      between: [2],
      missing: 1,
      moments: { count: 0, mean: 0, m2: 0 },
    });
  });

  it('adds up over the same edges, survives its text, and published again is the same', () => {
    fc.assert(
      fc.property(anyValues, anyValues, anyValues, (values, a, b) => {
        const table = tableOf([['x', numbers(values)]]);
        const reference = profileTable(table, schemaOf(table), { minCount: least });
        const over = (rows: readonly number[]): Profile =>
          profileOver(reference, tableOf([['x', numbers([...rows])]]));
        const { at, between } = numbersIn(mergeProfiles(over(a), over(b)));
        const together = numbersIn(over([...a, ...b]));
        expect({ at, between }).toEqual({ at: together.at, between: together.between });
        expect(profileSchema.parse(JSON.parse(JSON.stringify(reference)))).toEqual(reference);
        expect(withMinCount(reference, least)).toEqual(reference);
      }),
    );
  });
});
