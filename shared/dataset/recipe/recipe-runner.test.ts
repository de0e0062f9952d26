import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../config/sections/schema.ts';
import { type Column, rowAt, type Table, tableOf } from '../table/table.ts';
import {
  booleans,
  categories,
  configWith,
  dates,
  fiveTimes,
  numbers,
  schemaOf,
} from '../testing/dataset-builders.ts';
import { fitRecipe, type Recipe, recipeSchema } from './recipe.ts';
import { compileRecipe } from './recipe-runner.ts';

type Features = NonNullable<ConfigInput['features']>;
type Prepared = { table: Table; later: Table; features: Features; derive: Record<string, string> };

const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { freq: 5 });
const word = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'other', '', '__proto__', 'constructor'),
  fc.string({ maxLength: 3 }),
);
const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
);
const time = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
const scale = fc.constantFrom('standard' as const, 'robust' as const, 'min-max' as const, 'none' as const);
const part = fc.constantFrom(
  'year',
  'month',
  'day',
  'weekday',
  'hour',
  'day-of-year',
  'timestamp',
) as fc.Arbitrary<'year'>;

function columns(rows: number): fc.Arbitrary<Record<string, Column>> {
  const of = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<(T | null)[]> =>
    fc.array(maybe(values), { minLength: rows, maxLength: rows });
  return fc.record({
    n: of(number).map(numbers),
    m: of(number).map(numbers),
    c: of(word).map(categories),
    b: of(fc.boolean()).map(booleans),
    t: of(time).map(dates),
  });
}

const features: fc.Arbitrary<Features> = fc.record({
  n: fc.record({
    scale,
    indicator: fc.boolean(),
    missing: fc.constantFrom('median' as const, 'mean' as const, 'mode' as const, { constant: 1.5 }),
    encode: fc.constantFrom('auto' as const, 'plain' as const, 'piecewise-linear' as const),
    bound: fc.constantFrom(undefined, 0.5, 8),
    transform: fc.constantFrom('none' as const, { clip: ['10%', '90%'] as [string, string] }),
  }),
  c: fc.record({
    scale,
    indicator: fc.boolean(),
    encode: fc.constantFrom('auto' as const, 'one-hot' as const, 'ordinal' as const, 'hash' as const),
    missing: fc.constantFrom('mode' as const, 'level' as const, { constant: 'a' }),
    'min-count': fc.integer({ min: 5, max: 15 }),
    'max-categories': fc.integer({ min: 1, max: 4 }),
    buckets: fc.integer({ min: 2, max: 9 }),
  }),
  b: fc.record({ indicator: fc.boolean(), missing: fc.constantFrom('mode' as const, { constant: true }) }),
  t: fc.record({
    encode: fc.constantFrom('auto' as const, 'piecewise-linear' as const),
    scale,
    indicator: fc.boolean(),
    parts: fc.uniqueArray(part, { minLength: 1 }),
  }),
});

const prepared: fc.Arbitrary<Prepared> = fc
  .record({ rows: fc.integer({ min: 1, max: 12 }), more: fc.integer({ min: 0, max: 8 }) })
  .chain(({ rows, more }) =>
    fc.record({
      table: columns(rows).map((named) =>
        tableOf(Object.entries(named).map(([name, column]) => [name, fiveTimes(column)])),
      ),
      later: columns(more).map((named) => tableOf(Object.entries(named))),
      features,
      derive: fc.constantFrom(
        {},
        { ratio: 'd => d.n / d.m', label: "d => d.ratio > 1 ? d.c + '!' : null" },
        { flag: 'd => d.b || d.n > d.m', month: 'd => op.utcmonth(d.t)', later: 'd => d.t + 1000' },
      ),
    }),
  );

function fitOn({ table, features, derive }: Prepared): Recipe {
  return fitRecipe(table, schemaOf(table), configWith({ features, prepare: { derive } }));
}

describe('a recipe', () => {
  it('gives a record the same 32-bit floats as its row in a table, finite ones, seen or unseen', () => {
    fc.assert(
      fc.property(prepared, (parts) => {
        const runner = compileRecipe(fitOn(parts));
        for (const table of [parts.table, parts.later]) {
          const all = runner.applyTable(table);
          expect(all.length).toBe(table.rows * runner.width);
          expect(all.every(Number.isFinite)).toBe(true);
          const out = new Float32Array(runner.width + 2).fill(7);
          for (let row = 0; row < table.rows; row++) {
            runner.applyRecord(rowAt(table, row), out, 1);
            const bits = new Uint32Array(out.slice(1, runner.width + 1).buffer);
            const expected = new Uint32Array(all.slice(row * runner.width, (row + 1) * runner.width).buffer);
            expect([...bits]).toEqual([...expected]);
          }
          expect([out[0], out.at(-1)]).toEqual([7, 7]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is data: it survives JSON and the schema, and then gives the same inputs', () => {
    fc.assert(
      fc.property(prepared, (parts) => {
        const recipe = fitOn(parts);
        const read = recipeSchema.parse(JSON.parse(JSON.stringify(recipe)));
        expect(read).toEqual(recipe);
        expect(compileRecipe(read).applyTable(parts.later)).toEqual(
          compileRecipe(recipe).applyTable(parts.later),
        );
      }),
    );
  });

  it('does not change its training table, nor depend on rows outside it', () => {
    fc.assert(
      fc.property(prepared, (parts) => {
        const before = JSON.stringify(
          [...parts.table.columns.values()].map((column) => Object.values(column).map(String)),
        );
        expect(fitOn(parts)).toEqual(fitOn(parts));
        const after = JSON.stringify(
          [...parts.table.columns.values()].map((column) => Object.values(column).map(String)),
        );
        expect(after).toBe(before);
      }),
    );
  });
});

describe('applying a recipe', () => {
  const table = tableOf([
    ['x', fiveTimes(numbers([1, 2, 3, null]))],
    ['c', fiveTimes(categories(['a', 'b', 'a', null]))],
  ]);
  const runner = compileRecipe(fitRecipe(table, schemaOf(table), configWith()));

  it('takes rows from a range, across blocks', () => {
    const rows = 1300;
    const long = tableOf([
      ['x', numbers(Array.from({ length: rows }, (_, i) => i))],
      ['c', categories(Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 'a' : 'new')))],
    ]);
    const all = runner.applyTable(long);
    const some = runner.applyTable(long, { from: 500, to: 1200 });
    expect(some).toEqual(all.slice(500 * runner.width, 1200 * runner.width));
  });

  it('takes an empty table and a record without its columns', () => {
    expect(
      runner.applyTable(
        tableOf([
          ['x', numbers([])],
          ['c', categories([])],
        ]),
      ),
    ).toEqual(new Float32Array(0));
    const out = new Float32Array(runner.width);
    runner.applyRecord({}, out);
    expect([...out]).toEqual([...runner.applyTable(table).slice(19 * runner.width)]);
  });

  it('refuses a table that lacks a column or has it in another type', () => {
    expect(() => runner.applyTable(tableOf([['c', categories(['a'])]]))).toThrow(
      'the table has no column x; it has c',
    );
    expect(() =>
      runner.applyTable(
        tableOf([
          ['x', numbers([1])],
          ['c', numbers([1])],
        ]),
      ),
    ).toThrow('column c of the table is a number; the recipe was fitted on a category');
  });

  it('refuses a record whose value is of another type', () => {
    expect(() => runner.applyRecord({ x: '12', c: 'a' }, new Float32Array(runner.width))).toThrow(
      'column x of a row holds "12" where a number is expected; parse rows with parseRecord first',
    );
  });

  it('treats a value outside the domain of log as missing', () => {
    const positive = tableOf([['x', fiveTimes(numbers([1, Math.E, 7, null]))]]);
    const config = configWith({ features: { x: { transform: 'log', indicator: true, scale: 'none' } } });
    const logs = compileRecipe(fitRecipe(positive, schemaOf(positive), config));
    const out = logs.applyTable(tableOf([['x', numbers([-5, null, 1])]]));
    const median = Math.fround(1);
    expect([...out]).toEqual([median, 1, median, 1, 0, 0]);
  });

  it('keeps inputs finite however far a value lies outside what training saw', () => {
    const narrow = tableOf([['x', fiveTimes(numbers([0, 1e-30]))]]);
    const wide = compileRecipe(
      fitRecipe(narrow, schemaOf(narrow), configWith({ features: { x: { scale: 'robust' } } })),
    );
    const out = wide.applyTable(tableOf([['x', numbers([1e300, -1e300])]]));
    expect([...out]).toEqual([3.4028234663852886e38, -3.4028234663852886e38]);
  });
});

describe('reading a recipe from elsewhere', () => {
  const table = tableOf([['x', fiveTimes(numbers([1, 2, 3]))]]);
  const recipe = fitRecipe(table, schemaOf(table), configWith());

  it('refuses a feature over a column of another type, or of none', () => {
    expect(() => compileRecipe({ ...recipe, columns: [{ name: 'x', type: 'category' }] })).toThrow(
      'the recipe reads x as a number, but it is a category',
    );
    expect(() => compileRecipe({ ...recipe, columns: [] })).toThrow(
      'the recipe reads x as a number, but has no such column',
    );
  });

  it('refuses unknown keys, unknown versions and numbers that are none', () => {
    expect(recipeSchema.safeParse({ ...recipe, code: 'alert(1)' }).success).toBe(false);
    expect(recipeSchema.safeParse({ ...recipe, version: 2 }).success).toBe(false);
    const [feature] = recipe.features;
    expect(
      recipeSchema.safeParse({ ...recipe, features: [{ ...feature, impute: Number.NaN }] }).success,
    ).toBe(false);
  });
});
