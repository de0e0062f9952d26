import { describe, expect, test } from 'vitest';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Column, tableOf } from '../../dataset/table/table.ts';
import { commandPredictions } from './command-predictions.ts';

function schemaOf(task: DatasetSchema['task'], classes?: string[]): DatasetSchema {
  return {
    version: 1,
    task,
    target: 'y',
    key: [],
    columns: [],
    ...(classes ? { classes } : {}),
    ...(task === 'binary' ? { positive: classes![0]! } : {}),
  };
}

function texts(values: readonly (string | null)[]): Column {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  return {
    type: 'category',
    dictionary,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))),
  };
}

const numbers = (...values: number[]): Column => ({ type: 'number', values: Float64Array.from(values) });

function read(columns: Record<string, Column>, schema = schemaOf('regression')) {
  return commandPredictions(tableOf(Object.entries(columns)), {
    schema,
    idColumn: 'id',
    names: ['ra', 'rb', 'rc'],
    called: 'validation row',
  });
}

const ids = texts(['rc', 'ra', 'rb']);

describe("a command's own predictions", () => {
  test('are put in the order of the rows, by id', () => {
    expect(read({ id: ids, predicted: numbers(3, 1, 2) })).toEqual({
      task: 'regression',
      predicted: Float64Array.of(1, 2, 3),
    });
  });

  test('of classes are probabilities in the order of the classes, the most probable being the predicted one', () => {
    const schema = schemaOf('multiclass', ['1', 'true', 'x']);
    const columns = {
      id: ids,
      p_x: numbers(0.2, 0.1, 0.4),
      p_True: numbers(0.3, 0.1, 0.4),
      'p_1.0': numbers(0.5, 0.8, 0.2),
    };
    expect(read(columns, schema)).toEqual({
      task: 'multiclass',
      classes: ['1', 'true', 'x'],
      predicted: Int32Array.of(0, 1, 0),
      probabilities: Float64Array.of(0.8, 0.1, 0.1, 0.2, 0.4, 0.4, 0.5, 0.3, 0.2),
    });
    const said = read({ ...columns, predicted: texts(['x', '1', 'True']) }, schema);
    expect(said.predicted).toEqual(Int32Array.of(0, 1, 2));
  });

  test('of two classes may give the probability of one', () => {
    const found = read({ id: ids, p_no: numbers(0.75, 0.25, 0.5) }, schemaOf('binary', ['no', 'yes']));
    expect(found).toMatchObject({
      positive: 'no',
      probabilities: Float64Array.of(0.25, 0.75, 0.5, 0.5, 0.75, 0.25),
    });
  });

  const binary = schemaOf('binary', ['no', 'yes']);

  test.each<[string, Record<string, Column>, DatasetSchema, string]>([
    [
      'a row is missing',
      { id: texts(['ra', 'rb']), predicted: numbers(1, 2) },
      schemaOf('regression'),
      'the predictions have 2 of the 3 validation rows: rc is missing; predict every row, and keep its id',
    ],
    [
      'ids are others',
      { id: texts(['0', '1', '2']), predicted: numbers(1, 2, 3) },
      schemaOf('regression'),
      'the predictions have none of the 3 validation rows: ra, rb, rc are missing, and "0", "1", "2" are the ids of no such rows; predict every row, and keep its id',
    ],
    [
      'there is one too many',
      { id: texts(['ra', 'rb', 'rc', 'rd']), predicted: numbers(1, 2, 3, 4) },
      schemaOf('regression'),
      'the predictions have a row too many, and "rd" is the id of no such row; give those of each validation row alone',
    ],
    [
      'a row is there twice',
      { id: texts(['ra', 'rb', 'ra']), predicted: numbers(1, 2, 3) },
      schemaOf('regression'),
      'the predictions have "ra" twice, in row 1 and row 3: one prediction a row',
    ],
    [
      'there is no id',
      { ids, predicted: numbers(1, 2, 3) },
      schemaOf('regression'),
      'the predictions have no column "id" (the rows\' ids, as they were handed over); did you mean ids?; they have ids, predicted',
    ],
    [
      'a prediction is missing',
      { id: ids, predicted: numbers(1, Number.NaN, 3) },
      schemaOf('regression'),
      'predictions, row 2: predicted is missing; it must be a finite number, as the task is regression',
    ],
    [
      'a prediction is a text',
      { id: ids, predicted: texts(['1', 'nan', '2']) },
      schemaOf('regression'),
      'predictions, row 2: predicted is "nan"; it must be a finite number, as the task is regression',
    ],
    [
      'there are labels alone',
      { id: ids, predicted: texts(['no', 'yes', 'no']) },
      binary,
      'the predictions have no probabilities: give a column p_<class> for each class, or for one of the two ("p_no", "p_yes"); they have id, predicted',
    ],
    [
      'a label is unknown',
      { id: ids, p_yes: numbers(0, 1, 0), predicted: texts(['no', 'yess', 'no']) },
      binary,
      'predictions, row 2: predicted is "yess"; it must be one of the classes no, yes; did you mean yes?',
    ],
    [
      'a probability is of no class',
      { id: ids, p_yes: numbers(0, 1, 0), p_maybe: numbers(0, 0, 0) },
      binary,
      'the predictions have the column "p_maybe", and the target has no class "maybe"; its classes are no, yes',
    ],
    [
      'a probability is none',
      { id: ids, p_yes: numbers(0, 1, 55) },
      binary,
      'predictions, row 3: p_yes is 55; it must be a probability from 0 to 1 (a percentage is divided by 100)',
    ],
  ])('are refused where %s', (_, columns, schema, message) => {
    expect(() => read(columns, schema)).toThrow(message);
  });
});
