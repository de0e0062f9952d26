import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profileTable } from '../../dataset/profile/profile.ts';
import type { Recipe } from '../../dataset/recipe/recipe-schema.ts';
import { recordParser } from '../../dataset/schema/record.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { tableOf } from '../../dataset/table/table.ts';
import { numbers } from '../../dataset/testing/dataset-builders.ts';
import type { Predictor } from '../../model/predictor/predictor.ts';
import { smokeDifferences, smokeExamples } from './smoke.ts';

const finite = fc.double({ noNaN: true, min: -1e6, max: 1e6 });

/** Says how many fields a record has; enough to be stored. */
const predictor = {
  predictRecord: (record: object) => ({ value: Object.keys(record).length }),
} as Pick<Predictor, 'predictRecord'> as Predictor;

function recipeOf(columns: readonly string[] = [], impute = 0): Recipe {
  const feature = {
    kind: 'number' as const,
    impute,
    indicator: false,
    transform: { type: 'none' as const },
    scaling: { type: 'none' as const },
  };
  const features = columns.map((column) => ({ ...feature, column }));
  return { version: 1, rows: 1, columns: [], derived: [], features, warnings: [] };
}

function schemaOf(range: readonly [number | null, number | null] | undefined): DatasetSchema {
  return {
    version: 1,
    task: 'regression',
    target: 'y',
    key: ['x'],
    columns: [
      {
        name: 'x',
        type: 'number',
        role: 'feature',
        nullable: false,
        ...(range ? { range: [...range] as [number | null, number | null] } : {}),
      },
      { name: 'gone', type: 'category', role: 'feature', nullable: false, categories: ['a'] },
      { name: 'y', type: 'number', role: 'target', nullable: false },
    ],
  };
}

describe('examples to try a deployed model with', () => {
  test('are records that a server takes: inside the declared range, nothing missing that must be there', async () => {
    const bounds = fc.option(fc.tuple(fc.option(finite), fc.option(finite)), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.array(finite, { minLength: 1, maxLength: 30 }), bounds, async (values, given) => {
        const [low, high] = given ?? [null, null];
        const ordered = low !== null && high !== null && low > high ? ([high, low] as const) : given;
        const schema = schemaOf(ordered);
        const table = tableOf([
          ['x', numbers(values)],
          ['y', numbers(values)],
        ]);
        const whole = { ...schema, columns: schema.columns.filter(({ name }) => name !== 'gone') };
        const parse = recordParser(schema);
        const { examples } = await smokeExamples(
          schema,
          { recipe: recipeOf(), profile: profileTable(table, whole) },
          predictor,
        );
        expect(examples).toHaveLength(5);
        for (const [i, { record }] of examples.entries()) expect(parse(record, i).problems).toEqual([]);
      }),
    );
  });

  test('are spread over what training saw, each feature from another place on', async () => {
    const seen: [number, number] = [0.012, 0.987];
    const feature = { type: 'number' as const, role: 'feature' as const, nullable: false, seen };
    const columns = ['a', 'b'].map((name) => ({ name, ...feature }));
    const recipe = recipeOf(['a', 'b'], 0.4912);
    const parts = { recipe, profile: profileTable(tableOf([]), { ...schemaOf(undefined), columns: [] }) };
    const { examples } = await smokeExamples({ ...schemaOf(undefined), columns }, parts, predictor);
    // Thirds of the way from 0.491 to 0.012 and to 0.987.
    const a = [0.172, 0.331, 0.491, 0.656, 0.822];
    expect(examples.map(({ record }) => [record.a, record.b])).toEqual(
      a.map((value, i) => [value, a[(i + 1) % 5]]),
    );
  });

  test('agree with the same predictions in single precision, and with no others', () => {
    const example = (value: number) => ({ record: {}, prediction: { value } });
    const smoke = { version: 1 as const, examples: [example(1), example(1e6)] };
    expect(smokeDifferences(smoke, [{ value: 1 + 5e-6 }, { value: 1e6 + 5 }])).toEqual([]);
    expect(smokeDifferences(smoke, [{ value: 1 }])).toEqual(['1 answers to 2 records']);
    expect(smokeDifferences(smoke, [{ value: 1.001 }, { value: 1e6 }])).toEqual([
      'record 1: {"value":1.001} in place of {"value":1}',
    ]);
    expect(smokeDifferences(smoke, [{ value: Number.NaN }, { value: 1e6 }])).toHaveLength(1);
  });
});
