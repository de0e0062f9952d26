import { describe, expect, test } from 'vitest';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { tableOf } from '../../dataset/table/table.ts';
import { booleans, categories, dates, numbers } from '../../dataset/testing/dataset-builders.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { recipeOf } from '../testing/onnx-models.ts';
import { modelColumns } from './model-columns.ts';
import type { OnnxValue } from './onnx-file.ts';
import { bindInputs } from './onnx-inputs.ts';

const feature = { role: 'feature' as const, nullable: true };
const schema: DatasetSchema = {
  ...{ version: 1, task: 'regression', target: 'price', key: ['id'] },
  columns: [
    { name: 'weight', type: 'number', ...feature },
    { name: 'origin', type: 'category', ...feature, categories: ['USA', 'Japan'] },
    { name: 'turbo', type: 'boolean', ...feature },
    { name: 'sold', type: 'date', ...feature },
    { name: 'id', type: 'category', role: 'ignored', nullable: false },
    { name: 'price', type: 'number', role: 'target', nullable: false },
  ],
};
const ages = Array.from({ length: 6 }, (_, year) => `197${year}-01-01T00:00:00Z`);
const table = tableOf([
  ['weight', numbers([1, null, 3, 4, 5, 6])],
  ['origin', categories(['Japan', null, 'USA', 'Mars', 'USA', 'USA'])],
  ['turbo', booleans([true, null, false, true, true, true])],
  ['sold', dates([ages[0]!, null, ...ages.slice(2)])],
]);
const columns = modelColumns(schema, recipeOf(table, schema));

const value = (name: string, type: string, shape?: (number | undefined)[]): OnnxValue => ({
  name,
  type,
  shape,
});
const bind = (...inputs: OnnxValue[]) => bindInputs(inputs, columns, schema);
const rows = { table, from: 0, to: 4 };

describe('inputs of a model', () => {
  test('by name get a column each, in the type and shape that they ask for', () => {
    const { feeds, oneByOne } = bind(
      value('origin', 'string', [undefined, 1]),
      value('weight', 'double', [undefined]),
      value('turbo', 'float', [undefined, 1]),
      value('sold', 'double'),
    );
    expect(oneByOne).toBe(false);
    expect(feeds.map((feed) => feed.ofRows(rows))).toEqual([
      { type: 'string', data: ['Japan', '', 'USA', 'Mars'], shape: [4, 1] },
      { type: 'float64', data: Float64Array.of(1, Number.NaN, 3, 4), shape: [4] },
      { type: 'float32', data: Float32Array.of(1, Number.NaN, 0, 1), shape: [4, 1] },
      {
        type: 'float64',
        data: Float64Array.of(0, Number.NaN, Date.UTC(1972, 0), Date.UTC(1973, 0)),
        shape: [4, 1],
      },
    ]);
  });

  test('as one matrix get all columns in order: a category as its place in the list, NaN where it is missing or new', () => {
    const [feed] = bind(value('input', 'float', [undefined, 4])).feeds;
    const none = Number.NaN;
    const expected = [
      [1, 1, 1, 0],
      [none, none, none, none],
      [3, 0, 0, Date.UTC(1972, 0)],
      [4, none, 1, Date.UTC(1973, 0)],
    ];
    expect(feed!.ofRows(rows)).toEqual({
      type: 'float32',
      data: Float32Array.from(expected.flat()),
      shape: [4, 4],
    });
    const record: Record<string, number | string | boolean> = {
      weight: 3,
      origin: 'USA',
      turbo: false,
      sold: 7,
    };
    expect(feed!.ofRecord((name) => record[name])).toEqual({
      type: 'float32',
      data: Float32Array.of(3, 0, 0, 7),
      shape: [1, 4],
    });
  });

  test('may have names as converters write them', () => {
    const spaced = [{ name: 'Body Mass (g)', type: 'number' as const }];
    for (const name of ['Body_Mass__g_', 'Body Mass (g)']) {
      expect(bindInputs([value(name, 'float')], spaced, schema).feeds.map((feed) => feed.name)).toEqual([
        name,
      ]);
    }
    const both = [...spaced, { name: 'Body Mass [g]', type: 'number' as const }];
    expect(() => bindInputs([value('Body_Mass__g_', 'float')], both, schema)).toThrow(/is no feature/);
  });

  test.each([
    [
      [value('wieght', 'float')],
      /^model\.onnx: its input wieght is no feature; did you mean weight\? The features are weight, origin, turbo, sold; a model takes each by its name, or all of them as one matrix of float or double \[N, 4\]$/,
    ],
    [[value('nothing', 'string')], /its input nothing is no feature\. The features are/],
    [
      [value('price', 'float')],
      /its input price is the target, which rows to predict do not have: train without it$/,
    ],
    [[value('id', 'string')], /its input id is a column that models do not see .* declare it under features/],
    [
      [value('weight', 'float'), value('origin', 'float')],
      /its input origin takes float, and the column origin is a category, which is given as string$/,
    ],
    [
      [value('weight', 'float16')],
      /its input weight takes float16, and the column weight is a number, which is given as float, double, int64, int32$/,
    ],
    [
      [value('weight', 'float', [undefined, 1, 2])],
      /its input weight takes float \[N, 1, 2\], and a column has the shape \[N, 1\] or \[N\]$/,
    ],
    [
      [value('input', 'float', [undefined, 7])],
      /its input input takes float \[N, 7\], 7 columns, and the data has 4 features: weight, origin, turbo, sold$/,
    ],
    [
      [value('weight', 'float', [32, 1])],
      /its input weight takes float \[32, 1\], exactly 32 rows at a time: leave the first dimension open$/,
    ],
    [[], /the model has no inputs, so that it answers every row alike$/],
  ])('that are no features are refused: %#', (inputs, message) => {
    expect(() => bind(...inputs)).toThrow(IntegrityError);
    expect(() => bind(...inputs)).toThrow(message);
  });

  test('as a matrix need lists of categories', () => {
    const hashed = [{ name: 'city', type: 'category' as const }];
    expect(() => bindInputs([value('all', 'float', [undefined, 1])], hashed, schema)).toThrow(
      /city is a category without a list of categories .* let the model take each column by its name$/,
    );
  });
});
