import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { prepareSchema } from '../../config/sections/prepare-section.ts';
import type { ConfigInput } from '../../config/sections/schema.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import fixture from '../fixtures/pieces-sklearn.json' with { type: 'json' };
import { type Column, tableOf } from '../table/table.ts';
import {
  booleans,
  categories,
  configWith,
  dates,
  fiveTimes,
  numbers,
  schemaOf,
} from '../testing/dataset-builders.ts';
import { compilePieces, fitPieces, pieceNames } from './pieces.ts';
import { plainRecipe } from './plain-recipe.ts';
import { fitRecipe, recipeSchema } from './recipe.ts';
import { compileRecipe } from './recipe-runner.ts';

function encoded(edges: readonly number[], value: number): number[] {
  const out = new Float32Array(edges.length - 1);
  compilePieces(edges)(value, out, 0);
  return [...out];
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const rising = fc
  .uniqueArray(finite, { minLength: 3, maxLength: 26, comparator: (a, b) => a === b })
  .map((edges) => edges.map((edge) => edge + 0).sort((a, b) => a - b))
  .filter((edges) => edges.every((edge, i) => i === 0 || edges[i - 1]! < edge));

describe('a piecewise-linear encoding', () => {
  for (const { title, values, edges, points, encoded: wanted } of fixture.cases) {
    test(`has the edges and values of numpy and scikit-learn: ${title}`, () => {
      const column = Float64Array.from(values.flatMap((value) => Array<number>(5).fill(value)));
      const fitted = fitPieces(column);
      if (!edges || !points || !wanted) {
        expect(fitted).toBeUndefined();
        return;
      }
      expect(fitted).toHaveLength(edges.length);
      const size = Math.max(...values.map(Math.abs));
      for (const [i, edge] of edges.entries())
        expect(Math.abs(fitted![i]! - edge)).toBeLessThan(1e-14 * size);
      for (const [i, point] of points.entries()) {
        for (const [bin, share] of encoded(edges, point).entries()) {
          expect(Math.abs(share - wanted[i]![bin]!)).toBeLessThan(1e-6);
        }
      }
    });
  }

  it('rises with the value in every bin, from 0 to 1, and fills one bin after the other', () => {
    fc.assert(
      fc.property(rising, finite, finite, (edges, a, b) => {
        const [low, high] = [encoded(edges, Math.min(a, b)), encoded(edges, Math.max(a, b))];
        for (const [bin, share] of high.entries()) {
          expect(share).toBeGreaterThanOrEqual(low[bin]!);
          expect(share >= 0 && share <= 1).toBe(true);
          if (share > 0 && bin > 0) expect(high[bin - 1]).toBe(1);
        }
      }),
    );
  });

  it('is continuous at the edges: all bins below are full there, all above empty', () => {
    fc.assert(
      fc.property(rising, fc.nat(25), (edges, k) => {
        const at = k % edges.length;
        expect(encoded(edges, edges[at]!)).toEqual(edges.slice(1).map((_, bin) => (bin < at ? 1 : 0)));
      }),
    );
  });

  it('sums up to the value: widths times shares, added to the first edge', () => {
    const modest = fc
      .uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 25 })
      .map((edges) => edges.sort((a, b) => a - b));
    fc.assert(
      fc.property(modest, fc.double({ min: 0, max: 1, noNaN: true }), (edges, share) => {
        const [first, last] = [edges[0]!, edges.at(-1)!];
        const value = first + (last - first) * share;
        const back = encoded(edges, value).reduce(
          (sum, part, bin) => sum + part * (edges[bin + 1]! - edges[bin]!),
          first,
        );
        expect(Math.abs(back - value)).toBeLessThan(1e-6 * (last - first));
      }),
    );
  });

  it('takes bins that are wider than the largest number', () => {
    expect(encoded([-1.7e308, 0, 1.7e308], 8.5e307)).toEqual([1, 0.5]);
    expect(encoded([-1.7e308, 1.6e308, 1.7e308], 0)[0]).toBeCloseTo(17 / 33, 6);
  });

  it('refuses edges that do not rise', () => {
    expect(() => compilePieces([1, 2, 2])).toThrow(
      'the edges of a piecewise-linear encoding must rise, and 2 follows 2',
    );
  });

  it('has from 4 to 24 bins, one for each 60 values', () => {
    const bins = (rows: number): number =>
      fitPieces(Float64Array.from({ length: rows }, (_, i) => (i * 7919) % rows))!.length - 1;
    expect([40, 240, 330, 600, 1440, 5000].map(bins)).toEqual([4, 4, 5, 10, 24, 24]);
  });

  it('names no value of fewer than five rows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 10, maxLength: 300 }), (values) => {
        const edges = fitPieces(Float64Array.from(values, (value) => value + 0.123)) ?? [];
        for (const edge of edges) {
          const rows = values.filter((value) => value + 0.123 === edge).length;
          expect(rows === 0 || rows >= 5).toBe(true);
        }
      }),
    );
  });

  it('names its inputs by the bin', () => {
    expect(pieceNames([1, 2.5, 10])).toEqual(['1 to 2.5', '2.5 to 10']);
  });
});

type Features = ConfigInput['features'];
type Prepare = ConfigInput['prepare'];

function fitted(columns: Record<string, Column>, features: Features, prepare: Prepare = {}) {
  const table = tableOf(Object.entries(columns));
  return fitRecipe(table, schemaOf(table), configWith({ features, prepare }));
}

function inputsOf(recipe: ReturnType<typeof fitted>, row: Record<string, number | string | null>) {
  const runner = compileRecipe(recipe);
  const out = new Float32Array(runner.width);
  runner.applyRecord(row, out);
  return Object.fromEntries(runner.inputs.map(({ name }, i) => [name, out[i]!]));
}

const ramp = fiveTimes(numbers(Array.from({ length: 101 }, (_, i) => i)));

describe('encode: piecewise-linear', () => {
  it('stands beside the scaled value, in the units of the transform, before the missing flag', () => {
    const withGap = fiveTimes(numbers([...Array.from({ length: 101 }, (_, i) => i), null]));
    const recipe = fitted(
      { x: withGap },
      { x: { encode: 'piecewise-linear', indicator: true, scale: 'none' } },
    );
    const row = inputsOf(recipe, { x: null });
    const names = Object.keys(row);
    expect(names).toHaveLength(1 + 8 + 1);
    expect([names[0], names[1], names.at(-1)]).toEqual(['x', 'x (0 to 12)', 'x (missing)']);
    // The median, 50, is the end of the fourth of eight bins.
    expect(Object.values(row)).toEqual([50, 1, 1, 1, 1, 0, 0, 0, 0, 1]);
    expect(Object.values(inputsOf(recipe, { x: 1e9 }))).toEqual([1e9, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
  });

  it('follows the transform: of roots, the bins are bins of roots', () => {
    const recipe = fitted({ x: ramp }, { x: { encode: 'piecewise-linear', transform: 'sqrt' } });
    const [feature] = recipe.features;
    expect(feature).toMatchObject({ kind: 'number' });
    expect('pieces' in feature! && feature.pieces!.at(-1)).toBe(10);
  });

  it('encodes the linear parts of a date', () => {
    const days = Array.from({ length: 100 }, (_, i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString());
    const recipe = fitted(
      { t: fiveTimes(dates(days)) },
      { t: { encode: 'piecewise-linear', parts: ['timestamp', 'month'], bound: 8 } },
    );
    const { inputs } = compileRecipe(recipe);
    expect(inputs.map(({ name }) => name).slice(0, 2)).toEqual([
      't (timestamp)',
      't (timestamp 18262 to 18274)',
    ]);
    expect(inputs.every(({ column }) => column === 't')).toBe(true);
  });

  it('leaves a column of two values, or of one, as it is', () => {
    const two = fitted({ x: fiveTimes(numbers([0, 1, 1, 0])) }, { x: { encode: 'piecewise-linear' } });
    expect(compileRecipe(two).width).toBe(1);
  });

  it('holds for all numbers by prepare.numbers, but for those that say plain, and no more than 400', () => {
    const all = { numbers: { encode: 'piecewise-linear', bound: 8 } } as const;
    const recipe = fitted({ a: ramp, b: ramp }, { b: { encode: 'plain' } }, all);
    expect(recipe.features.map((feature) => 'pieces' in feature)).toEqual([true, false]);
    expect(recipe.features.map((feature) => 'bound' in feature && feature.bound)).toEqual([8, 8]);
    const wide = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i): [string, Column] => [`x${i}`, ramp]));
    const encodedOf = (count: number) =>
      fitted(wide(count), { x0: { encode: 'piecewise-linear' } }, all).features.filter(
        (one) => 'pieces' in one,
      );
    expect(encodedOf(400)).toHaveLength(400);
    expect(encodedOf(401)).toHaveLength(1);
    expect(fitted(wide(401), {}, all).warnings).toEqual([
      'prepare.numbers.encode: piecewise-linear is for up to 400 columns of numbers, and there are 401: they stay plain',
    ]);
  });

  it('is taken out again by a plain recipe, whose inputs are the others', () => {
    const columns = {
      a: ramp,
      c: fiveTimes(categories(Array.from({ length: 101 }, (_, i) => (i % 2 ? 'x' : 'y')))),
    };
    const recipe = fitted(columns, { a: { encode: 'piecewise-linear', bound: 1 } });
    const plain = plainRecipe(recipe);
    expect(plain).toEqual(fitted(columns, { a: { bound: 1 } }));
    const row = { a: 93, c: 'x' };
    expect(inputsOf(recipe, row)).toMatchObject(inputsOf(plain, row));
    expect(plainRecipe(plain)).toEqual(plain);
  });

  it('survives JSON and the schema', () => {
    const recipe = fitted({ a: ramp }, { a: { encode: 'piecewise-linear', bound: 8 } });
    expect(recipeSchema.parse(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });

  it('is refused for a column whose type it does not fit', () => {
    const refusal = (column: Column, encode: 'piecewise-linear' | 'one-hot'): string => {
      try {
        fitted({ x: column }, { x: { encode } });
      } catch (error) {
        if (error instanceof ConfigurationError) return error.message;
        throw error;
      }
      return 'no error';
    };
    expect(refusal(fiveTimes(categories(['a', 'b'])), 'piecewise-linear')).toBe(
      'features.x.encode: "piecewise-linear" does not fit x, which is a category column; use one-hot, ordinal, hash, or leave it out',
    );
    expect(refusal(fiveTimes(booleans([true, false])), 'piecewise-linear')).toBe(
      'features.x.encode: "piecewise-linear" does not fit x, which is a boolean column; leave it out',
    );
    expect(refusal(ramp, 'one-hot')).toBe(
      'features.x.encode: "one-hot" does not fit x, which is a number column; use plain, piecewise-linear, or leave it out',
    );
  });
});

describe('a bound', () => {
  it('of all numbers is for those that are scaled: of others it would cut the values themselves', () => {
    const all = { numbers: { bound: 8 } } as const;
    const recipe = fitted(
      { a: ramp, b: ramp, c: ramp },
      { b: { scale: 'none' }, c: { scale: 'none', bound: 5 } },
      all,
    );
    expect(recipe.features.map((feature) => 'bound' in feature && feature.bound)).toEqual([8, false, 5]);
  });

  it('cuts scaled values off on both sides, and nothing in between', () => {
    const recipe = fitted({ x: ramp }, { x: { scale: 'none', bound: 8 } });
    expect([-1e30, -8, 3, 8, 1e30].map((x) => inputsOf(recipe, { x }).x)).toEqual([-8, -8, 3, 8, 8]);
  });
});

describe('min-count: auto', () => {
  const of = (rows: number) => {
    const texts = [
      ...Array<string>(rows - 21).fill('often'),
      ...Array<string>(9).fill('nine'),
      ...Array<string>(7).fill('seven'),
      ...Array<string>(5).fill('five'),
    ];
    return { c: categories(texts) };
  };
  const levels = (rows: number, prepare: Prepare = {}) => {
    const [feature] = fitted(of(rows), { c: { 'min-count': 'auto' } }, prepare).features;
    return feature?.kind === 'one-hot' ? [...feature.categories, ...(feature.other ? ['other'] : [])] : [];
  };

  it('is a 200th of the training rows, from 5 to 10', () => {
    expect(levels(800)).toEqual(['often', 'nine', 'seven', 'five']);
    expect(levels(1200)).toEqual(['often', 'nine', 'seven', 'other']);
    expect(levels(2000)).toEqual(['often', 'other']);
    expect(levels(100_000)).toEqual(['often', 'other']);
  });

  it('puts unseen levels where the rare ones are, and says how many these were', () => {
    const recipe = fitted(of(2000), {}, { categories: { 'min-count': 'auto' } });
    expect(inputsOf(recipe, { c: 'never seen' })).toEqual({ 'c=often': 0, 'c (other)': 1 });
    expect(inputsOf(recipe, { c: 'nine' })).toEqual({ 'c=often': 0, 'c (other)': 1 });
    expect(recipe.warnings).toEqual([
      'c: 3 of 4 categories are in fewer than 10 training rows; a model sees them as one, "other"',
    ]);
    expect(fitted(of(2000), {}).warnings).toEqual([]);
  });

  it('holds for all categories by prepare.categories; a feature may say something else', () => {
    const common = { categories: { 'min-count': 'auto' } } as const;
    const categoriesOf = (feature: { 'min-count'?: number }) => {
      const [fit] = fitted(of(1200), { c: feature }, common).features;
      return fit?.kind === 'one-hot' ? fit.categories : [];
    };
    expect(categoriesOf({})).toEqual(['often', 'nine', 'seven']);
    expect(categoriesOf({ 'min-count': 5 })).toEqual(['often', 'nine', 'seven', 'five']);
    expect(categoriesOf({ 'min-count': 8 })).toEqual(['often', 'nine']);
  });
});

describe('what holds where ciclo.yml says nothing', () => {
  const silent = (columns: Record<string, Column>, features: Parameters<typeof configWith>[0] = {}) => {
    const table = tableOf(Object.entries(columns));
    const config = configWith(features);
    const prepare = { ...config.prepare, ...prepareSchema.parse({}) };
    return fitRecipe(table, schemaOf(table), { ...config, prepare });
  };

  it('is a piecewise-linear encoding of numbers, within 8 deviations where they are scaled; dates stay as they are', () => {
    const days = Array.from({ length: 100 }, (_, i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString());
    const { features } = silent(
      { a: ramp, b: ramp, t: fiveTimes(dates([...days, days[0]!])) },
      { features: { b: { scale: 'none' } } },
    );
    const [a, b, t] = features;
    expect(a).toMatchObject({ bound: 8 });
    expect(a).toHaveProperty('pieces');
    expect(b).not.toHaveProperty('bound');
    expect(b).toHaveProperty('pieces');
    expect(JSON.stringify(t)).not.toMatch(/pieces|bound/);
  });

  it('is plain numbers in a table of more than 400 of them, without a warning', () => {
    const wide = Object.fromEntries(Array.from({ length: 401 }, (_, i): [string, Column] => [`x${i}`, ramp]));
    const recipe = silent(wide);
    expect(recipe.features.some((feature) => 'pieces' in feature)).toBe(false);
    expect(recipe.warnings).toEqual([]);
  });

  it('is one "other" for categories of fewer than a 200th of the rows', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => (i < 9 ? 'nine' : 'often'));
    const [feature] = silent({ c: categories(rows) }).features;
    expect(feature).toMatchObject({ kind: 'one-hot', categories: ['often'], other: true });
  });
});
