import { describe, expect, test } from 'vitest';
import { outputFiles } from './command-output.ts';

describe('what a command wrote', () => {
  test('is a model with its own predictions, or predictions alone; other files are left alone', () => {
    expect(outputFiles(['log.txt', 'model.onnx', 'validation-predictions.parquet'])).toEqual({
      model: true,
      predictions: 'validation-predictions.parquet',
    });
    expect(outputFiles(['predictions.arrow', 'plots/a.png'])).toEqual({
      model: false,
      predictions: 'predictions.arrow',
    });
  });

  test.each([
    [
      [],
      [],
      'it wrote nothing into CICLO_OUTPUT, where model.onnx and validation-predictions.csv, or predictions.csv alone must be',
    ],
    [
      [],
      ['out/model.onnx'],
      'it wrote nothing into CICLO_OUTPUT, where model.onnx and validation-predictions.csv, or predictions.csv alone must be; it changed "out/model.onnx": write into the folder that CICLO_OUTPUT names',
    ],
    [
      ['model.pkl', 'prediction.csv'],
      [],
      'it wrote "model.pkl", "prediction.csv" into CICLO_OUTPUT, and neither model.onnx nor predictions; did you mean predictions.csv?: write model.onnx and validation-predictions.csv, or predictions.csv alone',
    ],
    [
      ['model.onnx', 'predictions.csv'],
      [],
      'it wrote model.onnx and no validation-predictions.csv, .parquet or .arrow (it wrote predictions.csv): write its own predictions of the rows of CICLO_VALIDATION, by id, so that the conversion to ONNX can be checked',
    ],
    [
      ['predictions.csv', 'predictions.parquet'],
      [],
      'it wrote its predictions twice, predictions.csv, predictions.parquet: leave one',
    ],
  ])('is refused: %j', (names, elsewhere, message) => {
    expect(() => outputFiles(names, elsewhere)).toThrow(message);
  });
});
