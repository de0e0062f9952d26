import { describe, expect, test } from 'vitest';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import type { PredictedColumns } from './predictions.ts';
import { formatStoredPredictions, noPredictor, parseStoredPredictions } from './stored-predictions.ts';

const ids = BigUint64Array.of(11n, 2n ** 63n, 7n);
const schemaOf = (task: DatasetSchema['task'], classes?: string[]): DatasetSchema => ({
  ...{ version: 1, task, target: 'y', key: [], columns: [] },
  ...(classes ? { classes } : {}),
});

describe('predictions alone', () => {
  test('of numbers are found again by row, in any order', () => {
    const predicted: PredictedColumns = { task: 'regression', predicted: Float64Array.of(1.5, -2, 1e300) };
    const predictions = formatStoredPredictions({ ids, predicted });
    const lookup = parseStoredPredictions({ predictions }, schemaOf('regression'));
    expect(lookup.of(ids)).toEqual(predicted);
    expect(lookup.of(BigUint64Array.of(7n, 11n))).toEqual({
      task: 'regression',
      predicted: Float64Array.of(1e300, 1.5),
    });
  });

  test('of classes keep labels and probabilities, whatever the classes are called', () => {
    const classes = ['', '__proto__', 'p_a'];
    const predicted: PredictedColumns = {
      ...{ task: 'multiclass', classes },
      predicted: Int32Array.of(2, 0, 1),
      probabilities: Float64Array.of(0.1, 0.2, 0.7, 1, 0, 0, 0.25, 0.5, 0.25),
    };
    const predictions = formatStoredPredictions({ ids, predicted });
    const lookup = parseStoredPredictions({ predictions }, schemaOf('multiclass', classes));
    expect(lookup.of(ids)).toEqual(predicted);
    expect(lookup.of(BigUint64Array.of(2n ** 63n))).toEqual({
      ...{ task: 'multiclass', classes },
      predicted: Int32Array.of(0),
      probabilities: Float64Array.of(1, 0, 0),
    });
  });

  test('have none of other rows, and say so', () => {
    const predicted: PredictedColumns = { task: 'regression', predicted: Float64Array.of(1, 2, 3) };
    const lookup = parseStoredPredictions(
      { predictions: formatStoredPredictions({ ids, predicted }) },
      schemaOf('regression'),
    );
    expect(() => lookup.of(BigUint64Array.of(7n, 8n))).toThrow(
      new ConfigurationError(
        'the model is predictions alone, and has none for some of these rows: it can be judged on the rows of its own dataset, nothing else',
      ),
    );
    expect(() => noPredictor.predictRecord({})).toThrow(
      /^the model is predictions alone: it can be judged by/,
    );
  });

  test('that are of another task or without rows’ ids are refused', () => {
    const predicted: PredictedColumns = { task: 'regression', predicted: Float64Array.of(1, 2, 3) };
    const predictions = formatStoredPredictions({ ids, predicted });
    expect(() => parseStoredPredictions({ predictions }, schemaOf('binary', ['a', 'b']))).toThrow(
      new IntegrityError('predictions.arrow: it has no labels predicted'),
    );
    expect(() => parseStoredPredictions({ predictions: new Uint8Array(9) }, schemaOf('regression'))).toThrow(
      IntegrityError,
    );
  });
});
