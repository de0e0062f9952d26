import { describe, expect, inject, test } from 'vitest';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Column, rowAt, type Table, tableOf } from '../../dataset/table/table.ts';
import { numbers } from '../../dataset/testing/dataset-builders.ts';
import { IntegrityError } from '../../platform/errors.ts';
import type { PredictedColumns, Prediction } from '../predictor/predictor.ts';
import { startPredictor } from '../predictor/start-predictor.ts';
import { onnxFixture, onnxModel, recipeOf } from '../testing/onnx-models.ts';
import { UnfitValueError } from './unfit-value-error.ts';

const places = { folders: [inject('onnxruntime')] };

/** How far an ONNX model may be from the library that trained it: both compute partly in single precision. */
const tolerance = 1e-5;

const numbersOf = (predicted: PredictedColumns): Float64Array =>
  predicted.task === 'regression' ? predicted.predicted : predicted.probabilities;

const recordNumbers = (prediction: Prediction): number[] =>
  'value' in prediction ? [prediction.value] : Object.values(prediction.probabilities);

describe.each([
  'lightgbm-regression',
  'lightgbm-binary',
  'lightgbm-multiclass',
  'sklearn-regression',
  'sklearn-multiclass',
])('%s through ONNX', (name) => {
  const { schema, table, recipe, onnx, expected } = onnxModel(name);

  test('predicts what the original predicts, rows with missing values and categories among them', async () => {
    const predictor = await startPredictor({ schema, recipe, onnx }, places);
    const found = numbersOf(await predictor.predictTable(table));
    expect(found).toHaveLength(expected.length);
    const scale = Math.max(1, ...expected.map(Math.abs));
    for (const [i, value] of expected.entries()) {
      expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(tolerance * scale);
    }
    expect(new Set(found).size).toBeGreaterThan(table.rows / 4);
  });

  test('gives a record what it gives it in a table, but for the last digits of single precision', async () => {
    const predictor = await startPredictor({ schema, recipe, onnx }, places);
    const all = numbersOf(await predictor.predictTable(table));
    const width = all.length / table.rows;
    for (let row = 0; row < table.rows; row++) {
      const one = recordNumbers(await predictor.predictRecord(rowAt(table, row)));
      expect(one).toHaveLength(width);
      for (const [k, value] of one.entries()) {
        const inTable = all[row * width + k]!;
        expect(Math.abs(value - inTable)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)));
      }
    }
  });

  test('gives the same bytes to the same rows, by another session too', async () => {
    const answers = await Promise.all(
      [1, 2].map(async () => {
        const predictor = await startPredictor({ schema, recipe, onnx }, places);
        return numbersOf(await predictor.predictTable(table));
      }),
    );
    expect(answers[1]).toEqual(answers[0]);
  });
});

/** The schema, table and recipe of models with the one input `x`. */
function ofX(values: readonly (number | null)[], task: DatasetSchema['task'] = 'regression') {
  const columns: [string, Column][] = [['x', numbers(values)]];
  const table: Table = tableOf(columns);
  const schema: DatasetSchema = {
    ...{ version: 1, task, target: 'y', key: [] },
    ...(task === 'regression' ? {} : { classes: ['a', 'b', 'c'] }),
    columns: [
      { name: 'x', type: 'number', role: 'feature', nullable: true },
      { name: 'y', type: task === 'regression' ? 'number' : 'category', role: 'target', nullable: false },
    ],
  };
  return { schema, table, recipe: recipeOf(table, schema) };
}

const many = [1, 2, 3, 4, 5, 6];

describe('a model of whole numbers', () => {
  test('gets them', async () => {
    const { table, ...parts } = ofX(many);
    const predictor = await startPredictor({ ...parts, onnx: onnxFixture('int64-input') }, places);
    expect(await predictor.predictTable(table)).toEqual({
      task: 'regression',
      predicted: Float64Array.from([2, 4, 6, 8, 10, 12]),
    });
  });

  test.each([
    [
      null,
      /^model\.onnx takes x as int64: it is missing in row 2, and int64 has no place for missing values/,
    ],
    [2.5, /^model\.onnx takes x as int64: it is 2\.5 in row 2, which no int64 can hold/],
    [2 ** 60, /^model\.onnx takes x as int64: it is 1152921504606847000 in row 2/],
  ])('refuses %s, and says where it is', async (value, message) => {
    const { table, ...parts } = ofX([1, 2, value, 4, 5, 6]);
    const predictor = await startPredictor({ ...parts, onnx: onnxFixture('int64-input') }, places);
    await expect(predictor.predictTable(table)).rejects.toThrow(UnfitValueError);
    await expect(predictor.predictTable(table)).rejects.toThrow(message);
    await expect(predictor.predictRecord({ x: value })).rejects.toThrow(/in row 0/);
  });
});

test('a model that takes one row at a time gets them so', async () => {
  const { table, ...parts } = ofX(many);
  const predictor = await startPredictor({ ...parts, onnx: onnxFixture('one-row-at-a-time') }, places);
  expect(numbersOf(await predictor.predictTable(table))).toEqual(Float64Array.from([2, 4, 6, 8, 10, 12]));
});

test('an answer that is not a number stays one, in its row alone', async () => {
  const { table, ...parts } = ofX([1, -1, Math.E, 4, 5, 6]);
  const predictor = await startPredictor({ ...parts, onnx: onnxFixture('nan-output') }, places);
  const found = numbersOf(await predictor.predictTable(table));
  expect(found[0]).toBe(0);
  expect(found[1]).toBeNaN();
  expect(found[2]).toBeCloseTo(1, 6);
});

test('scores in place of probabilities are refused, with the row', async () => {
  const { table, ...parts } = ofX([1 / 3, 0.25, 3, 4, 5, 6], 'multiclass');
  const predictor = await startPredictor({ ...parts, onnx: onnxFixture('raw-scores') }, places);
  await expect(predictor.predictTable(table)).rejects.toThrow(
    /^model\.onnx: its output probabilities for row 1 is 0\.25, 0\.25, 0\.25, which does not add up to 1/,
  );
  await expect(predictor.predictRecord({ x: 3 })).rejects.toThrow(
    /for row 0 is 3, which is no probability: let the model give probabilities, not raw scores/,
  );
});

describe('a file that the runtime cannot run', () => {
  test.each([
    [
      'refused-opset',
      /^model\.onnx: it needs opset 99 of ai\.onnx, and onnxruntime-node 1\.\S+ knows \d+: convert/,
    ],
    [
      'refused-ml-opset',
      /^model\.onnx: it needs opset 77 of ai\.onnx\.ml, and onnxruntime-node 1\.\S+ knows \d+:/,
    ],
    [
      'refused-ir-version',
      /^model\.onnx: it has IR version 40, and onnxruntime-node 1\.\S+ knows \d+: set model/,
    ],
    ['refused-operator', /^model\.onnx: .*my\.own/],
    [
      'refused-implementation',
      /^model\.onnx: onnxruntime-node 1\.\S+ has no Imputer for .* convert with float inputs/,
    ],
  ])('%s is refused in words', async (name, message) => {
    const { table: _, ...parts } = ofX(many);
    const starting = startPredictor({ ...parts, onnx: onnxFixture(name) }, places);
    await expect(starting).rejects.toThrow(IntegrityError);
    await expect(starting).rejects.toThrow(message);
  });
});
