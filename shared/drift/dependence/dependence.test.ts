import { describe, expect, test } from 'vitest';
import { midranks } from '../../algebra/rank-correlation.ts';
import { tableOf } from '../../dataset/table/table.ts';
import { categories, numbers } from '../../dataset/testing/dataset-builders.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { autocorrelationTime } from './autocorrelation-time.ts';
import { rowsPerRow } from './dependent-columns.ts';
import { designEffect } from './design-effect.ts';
import { effectiveRows } from './effective-rows.ts';
import { dependenceInFile, dependenceInGroups, dependenceInTime } from './row-dependence.ts';

/** An autoregression x_t = φ x_{t-1} + e of unit variance, in which the mean moves up by `trend` from end to end. */
function series(rows: number, phi: number, random: Random, trend = 0): Float64Array {
  let value = random.normal();
  return Float64Array.from({ length: rows }, (_, i) => {
    value = phi * value + Math.sqrt(1 - phi * phi) * random.normal();
    return value + (trend * i) / rows;
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

const times = (make: (random: Random) => Float64Array, repeats = 60): number[] =>
  Array.from({ length: repeats }, (_, i) =>
    autocorrelationTime([midranks(make(createRandom(`series ${i}`)))]),
  );

describe('the autocorrelation time', () => {
  test.each([
    [0.3, 1.857],
    [0.5, 3],
    [0.9, 19],
  ])('of an autoregression of %f is about (1 + φ) / (1 - φ) = %f', (phi, expected) => {
    const found = median(times((random) => series(4000, phi, random)));
    expect(found / expected).toBeGreaterThan(0.75);
    expect(found / expected).toBeLessThan(1.25);
  });

  test('of independent rows is 1 but for a few of a hundred series, with a trend as without', () => {
    for (const trend of [0, 1, 4]) {
      const found = times((random) => series(300, 0, random, trend), 200);
      expect(found.filter((time) => time > 1).length).toBeLessThanOrEqual(8);
    }
  });

  test('of rows that only grow is 1: a trend is not dependence', () => {
    expect(autocorrelationTime([Float64Array.from({ length: 400 }, (_, i) => i)])).toBe(1);
  });

  test('of a constant, or of a few rows, is 1', () => {
    expect(autocorrelationTime([new Float64Array(100).fill(3)])).toBe(1);
    expect(autocorrelationTime([Float64Array.of(1, 2, 1, 2)])).toBe(1);
    expect(autocorrelationTime([])).toBe(1);
  });

  test('of a pattern that comes again and again is short', () => {
    const daily = Float64Array.from({ length: 480 }, (_, i) => Math.sin((2 * Math.PI * i) / 24));
    expect(autocorrelationTime([daily])).toBeLessThan(2);
  });
});

describe('the design effect', () => {
  test('of groups of equal rows is their size, of independent rows 1', () => {
    const groups = Int32Array.from({ length: 200 }, (_, i) => Math.floor(i / 10));
    const random = createRandom('groups');
    const means = Array.from({ length: 20 }, () => random.normal());
    expect(designEffect([Float64Array.from(groups, (group) => means[group]!)], groups)).toBeCloseTo(10, 10);
    const noise = Float64Array.from(groups, () => random.normal());
    expect(designEffect([noise], groups)).toBeLessThan(1.5);
    expect(designEffect([noise], Int32Array.from(noise.keys()))).toBe(1);
  });

  test('is 1 + (m - 1) ρ with the intraclass correlation of an analysis of variance', () => {
    // Three groups of two: mean squares 16 between and 2 within, so ρ = (16 - 2) / (16 + 2) = 7/9.
    const groups = Int32Array.of(0, 0, 1, 1, 2, 2);
    const values = Float64Array.of(-1, 1, 3, 5, 3, 5);
    const between = (2 * ((0 - 8 / 3) ** 2 + 2 * (4 - 8 / 3) ** 2)) / 2;
    const within = 6 / 3;
    expect(designEffect([values], groups)).toBeCloseTo(1 + (between - within) / (between + within), 12);
  });
});

describe('rows are ordered', () => {
  test('by their times, as far as each time is there once', () => {
    const found = dependenceInTime(
      Float64Array.from({ length: 40 }, (_, i) => 40 - i),
      'day',
    );
    expect(found).toMatchObject({ of: 'time', name: 'day' });
    expect(found.of === 'time' && [...found.order.slice(0, 3)]).toEqual([39, 38, 37]);
  });

  test('not by times that most rows share with others', () => {
    const years = Float64Array.from({ length: 300 }, (_, i) => 1970 + (i % 13));
    expect(dependenceInTime(years, 'year')).toEqual({
      of: 'unknown',
      why: 'year is too coarse: most rows share its value with others',
    });
  });

  test('by their place in a file, unless it is sorted by one of its columns', () => {
    const random = createRandom('file');
    const noise = numbers(Array.from({ length: 120 }, () => random.normal()));
    const species = categories(Array.from({ length: 120 }, (_, i) => `s${Math.floor(i / 40)}`));
    const sorted = numbers(Array.from({ length: 120 }, (_, i) => Math.floor(i / 3)));
    const number = numbers(Array.from({ length: 120 }, (_, i) => i));
    expect(
      dependenceInFile(
        tableOf([
          ['x', noise],
          ['id', number],
        ]),
      ).of,
    ).toBe('time');
    const why = (name: string) => ({ of: 'unknown', why: `the rows are sorted by ${name}` });
    expect(
      dependenceInFile(
        tableOf([
          ['x', noise],
          ['species', species],
        ]),
      ),
    ).toEqual(why('species'));
    expect(
      dependenceInFile(
        tableOf([
          ['x', noise],
          ['price', sorted],
        ]),
      ),
    ).toEqual(why('price'));
  });
});

describe('rows of a column count', () => {
  const random = createRandom('columns');
  const order = dependenceInTime(
    Float64Array.from({ length: 600 }, (_, i) => i),
    't',
  );

  test('as fewer where a state lasts, in categories as in missing values', () => {
    let state = 0;
    const states = Array.from({ length: 600 }, () => {
      if (random.next() < 0.05) state = random.integer(3);
      return state === 2 ? null : `state ${state}`;
    });
    const found = rowsPerRow(categories(states), order, [])!;
    expect(found.values).toBeGreaterThan(5);
    expect(found.missing).toBeGreaterThan(5);
    expect(rowsPerRow(categories(states), { of: 'unknown', why: 'no event time' }, [])).toBeUndefined();
  });

  test('by group, where a row without a group is one of its own', () => {
    const groups = dependenceInGroups(categories(['a', 'a', null, 'b', null]), 'customer');
    expect(groups).toMatchObject({ of: 'group', count: 4, name: 'customer' });
    expect(groups.of === 'group' && [...groups.groups]).toEqual([0, 0, 1, 2, 3]);
  });

  test('on the side that is not measured as on the other, and now no less alike than before', () => {
    const of = (values: number) => ({ values, missing: 1, trend: 0 });
    const { values } = effectiveRows({ by: 'time', reference: undefined, current: of(4) });
    expect(values).toEqual({ reference: 0.25, current: 0.25 });
    const longer = effectiveRows({ by: 'time', reference: of(5), current: of(2) });
    expect(longer.values).toEqual({ reference: 0.2, current: 0.2 });
    const stuck = effectiveRows({ by: 'time', reference: of(1), current: of(50) });
    expect(stuck.values.current).toBe(0.02);
    expect(stuck.structure).toEqual({ reference: 1, current: 1 });
  });
});
