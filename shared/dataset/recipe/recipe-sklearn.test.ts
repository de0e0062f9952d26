import { describe, expect, it } from 'vitest';
import type { FeatureConfig } from '../../config/sections/features-section.ts';
import fixture from '../fixtures/recipe-sklearn.json' with { type: 'json' };
import { momentsOf } from '../statistics/moments.ts';
import {
  medianAt,
  middleRanks,
  presentValues,
  quantilesOf,
  valuesAtRanks,
} from '../statistics/order-statistics.ts';
import { tableOf } from '../table/table.ts';
import { categories, configWith, numbers, schemaOf } from '../testing/dataset-builders.ts';
import { fitRecipe } from './recipe.ts';
import { compileRecipe } from './recipe-runner.ts';

const columns: Readonly<Record<string, readonly (number | null)[]>> = fixture.columns;

/** Equal to 1e-12 of the value or of the column's own size. */
function expectClose(actual: number, expected: number, size = Math.abs(expected)): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(size, Math.abs(expected)));
}

/** What differences from the middle are divided by. */
function scaleOf(parameters: Readonly<Record<string, number>>): number[] {
  const { deviation, iqr, min, max } = parameters;
  return [deviation, iqr, max !== undefined && min !== undefined ? max - min || 1 : undefined].filter(
    (value) => value !== undefined,
  );
}

function sizeOf(values: readonly (number | null)[]): number {
  return Math.max(...values.map((value) => Math.abs(value ?? 0)));
}

describe('numbers, against scikit-learn', () => {
  for (const golden of fixture.numbers) {
    it(`${golden.title}: ${golden.missing}, ${golden.transform}, ${golden.scale}`, () => {
      const values = columns[golden.title]!;
      const table = tableOf([['x', numbers(values)]]);
      const x = {
        missing: golden.missing as 'median',
        scale: golden.scale as FeatureConfig['scale'],
        transform: golden.transform as 'log',
        indicator: false,
      };
      const recipe = fitRecipe(table, schemaOf(table), configWith({ features: { x } }));
      const feature = recipe.features[0]!;
      if (feature.kind !== 'number') throw new Error(`a number feature was expected, not ${feature.kind}`);
      expectClose(feature.impute, golden.impute);
      const { type: _, ...fitted } = feature.scaling;
      for (const [name, expected] of Object.entries(golden.parameters)) {
        // A deviation a billion times smaller than the mean has that many digits less.
        const size = name === 'deviation' ? 2 ** -12 * sizeOf(values) : sizeOf(values);
        expectClose(Reflect.get(fitted, name), expected, size);
      }
      // The same 32-bit float, or what the last bit of the mean (not of the result) can make of it.
      const noise = (2 ** -50 * sizeOf(values)) / Math.min(...scaleOf(golden.parameters));
      const out = compileRecipe(recipe).applyTable(table);
      const differing = [...out].filter((value, i) => {
        const expected = golden.out[i]!;
        return value !== Math.fround(expected) && Math.abs(value - expected) > noise;
      });
      expect(differing).toEqual([]);
    });
  }
});

describe('categories, against scikit-learn', () => {
  const table = tableOf([['x', categories(fixture.texts)]]);

  for (const golden of fixture.categories) {
    it(`one-hot, at least ${golden.minCount} times, at most ${golden.maxCategories}`, () => {
      const x = {
        encode: 'one-hot' as const,
        'min-count': golden.minCount,
        'max-categories': golden.maxCategories,
      };
      const runner = compileRecipe(fitRecipe(table, schemaOf(table), configWith({ features: { x } })));
      const theirs = (name: string): string =>
        name === 'x (other)' ? 'infrequent_sklearn' : name.slice('x='.length);
      expect(runner.inputs.map(({ name }) => theirs(name)).sort()).toEqual([...golden.names].sort());
      for (const { value, hot } of golden.rows) {
        const out = new Float32Array(runner.width);
        runner.applyRecord({ x: value }, out);
        const ours = runner.inputs.filter((_, i) => out[i] === 1).map(({ name }) => theirs(name));
        expect({ value, hot: ours }).toEqual({ value, hot });
      }
    });
  }

  it('ordinal, sorted, unseen -1, standardised', () => {
    const config = configWith({ features: { x: { encode: 'ordinal' } } });
    const runner = compileRecipe(fitRecipe(table, schemaOf(table), config));
    const out = runner.applyTable(tableOf([['x', categories(fixture.ordinal.seen)]]));
    expect([...out]).toEqual(fixture.ordinal.out.map((value) => Math.fround(value)));
  });
});

describe('order statistics and moments, against numpy', () => {
  for (const golden of fixture.percentiles) {
    it(golden.title, () => {
      const values = Float64Array.from(columns[golden.title]!, (value) => value ?? Number.NaN);
      expect(quantilesOf(presentValues(values), golden.shares)).toEqual(golden.quantiles);
      const present = presentValues(values);
      const last = present.length - 1;
      expect(medianAt(valuesAtRanks(present, middleRanks(last)), last)).toBe(golden.median);
      const { mean, m2 } = momentsOf(values);
      expectClose(mean, golden.mean);
      expect(Math.abs(m2 - golden.m2)).toBeLessThanOrEqual(
        1e-9 * golden.m2 + (2 ** -51 * golden.mean) ** 2 * values.length,
      );
    });
  }
});
