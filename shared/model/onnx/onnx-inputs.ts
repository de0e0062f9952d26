import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Value } from '../../dataset/table/table.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { counted } from '../../text/counts.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import { numberOf, numbersOf, type RowRange, textOf, textsOf } from './column-values.ts';
import { namedAlike } from './input-names.ts';
import type { ModelColumn } from './model-columns.ts';
import { isNumeric, type OnnxValue, shapeWords } from './onnx-file.ts';
import { type InputType, numericData, runtimeTypes, type TensorParts } from './tensor-data.ts';

/** An input of the model, and what it is fed with. */
export interface InputFeed {
  readonly name: string;
  ofRows(rows: RowRange): TensorParts;
  /** @param value of a column, whether the record has it or it is derived. */
  ofRecord(value: (column: string) => Value | undefined): TensorParts;
}

/** A model's inputs, bound to the columns of rows. */
export interface BoundInputs {
  readonly feeds: readonly InputFeed[];
  /** The model takes one row at a time, not any number of them. */
  readonly oneByOne: boolean;
}

/** What a column's values may be fed as. */
const allowedTypes: Readonly<Record<ModelColumn['type'], readonly InputType[]>> = {
  number: ['float', 'double', 'int64', 'int32'],
  date: ['float', 'double', 'int64', 'int32'],
  boolean: ['bool', 'float', 'double', 'int64', 'int32'],
  category: ['string'],
};

/**
 * Binds the inputs of a model to a row's columns: an input for each column, by its name, or one matrix of all columns.
 *
 * @param columns what a model from outside sees, in order.
 * @throws IntegrityError when an input is no feature, or of a type or shape that a column does not have.
 */
export function bindInputs(
  inputs: readonly OnnxValue[],
  columns: readonly ModelColumn[],
  schema: DatasetSchema,
): BoundInputs {
  if (inputs.length === 0)
    throw new IntegrityError('model.onnx: the model has no inputs, so that it answers every row alike');
  const [only] = inputs;
  const named = inputs.every(({ name }) => namedAlike(name, columns) !== undefined);
  const isMatrix = inputs.length === 1 && isNumeric(only!) && only!.shape?.length === 2;
  if (isMatrix && (!named || (only!.shape![1] ?? 1) > 1)) return matrixInput(only!, columns);
  const feeds = inputs.map((input) => columnFeed(input, columns, schema));
  return { feeds, oneByOne: isOneByOne(inputs) };
}

/** Whether a model takes rows one by one only. @throws IntegrityError when it takes another fixed number of them. */
function isOneByOne(inputs: readonly OnnxValue[]): boolean {
  const fixed = inputs.filter(({ shape }) => shape?.[0] !== undefined);
  const several = fixed.find(({ shape }) => shape![0] !== 1);
  if (several) {
    throw new IntegrityError(
      `model.onnx: its input ${several.name} takes ${shapeWords(several)}, exactly ${several.shape![0]} rows at a time: leave the first dimension open`,
    );
  }
  return fixed.length > 0;
}

function columnFeed(input: OnnxValue, columns: readonly ModelColumn[], schema: DatasetSchema): InputFeed {
  const { name, shape } = input;
  const column = namedAlike(name, columns);
  if (!column) throw new IntegrityError(`model.onnx: ${whyNoFeature(input, columns, schema)}`);
  const allowed = allowedTypes[column.type];
  const type = allowed.find((candidate) => candidate === input.type);
  if (!type) {
    throw new IntegrityError(
      `model.onnx: its input ${name} takes ${shapeWords(input)}, and the column ${column.name} is a ${column.type}, which is given as ${allowed.join(', ')}`,
    );
  }
  if (shape && (shape.length > 2 || shape.length === 0 || (shape.length === 2 && (shape[1] ?? 1) !== 1))) {
    throw new IntegrityError(
      `model.onnx: its input ${name} takes ${shapeWords(input)}, and a column has the shape [N, 1] or [N]`,
    );
  }
  const shapeOf = (rows: number) => (shape?.length === 1 ? [rows] : [rows, 1]);
  if (type === 'string') {
    return {
      name,
      ofRows: (rows) => ({
        type,
        data: textsOf(column, rows),
        shape: shapeOf(rows.to - rows.from),
      }),
      ofRecord: (value) => ({ type, data: [textOf(column, value(column.name))], shape: shapeOf(1) }),
    };
  }
  const parts = (values: Float64Array, first: number): TensorParts => ({
    type: runtimeTypes[type],
    data: numericData(type, values, { column: column.name, first }),
    shape: shapeOf(values.length),
  });
  return {
    name,
    ofRows: (rows) => parts(numbersOf(column, rows), rows.from),
    ofRecord: (value) => parts(numberOf(column, value(column.name)), 0),
  };
}

function whyNoFeature(
  { name }: OnnxValue,
  columns: readonly ModelColumn[],
  { target, columns: all }: DatasetSchema,
): string {
  const names = columns.map((column) => column.name);
  const known = namedAlike(name, all)?.name;
  if (known === target) {
    return `its input ${name} is the target, which rows to predict do not have: train without it`;
  }
  if (known !== undefined) {
    return `its input ${name} is a column that models do not see (it is excluded, a key, the time of the row, an identifier or personal data): train without it, or declare it under features in ciclo.yml`;
  }
  const nearest = didYouMean(name, names);
  return `its input ${name} is no feature${nearest === '' ? '.' : nearest} The features are ${listNames(names)}; a model takes each by its name, or all of them as one matrix of float or double [N, ${columns.length}]`;
}

/** One input of all columns: numbers as they are, a category as its place in the schema's list, NaN where missing or unknown. */
function matrixInput(input: OnnxValue, columns: readonly ModelColumn[]): BoundInputs {
  const { name } = input;
  const [, width] = input.shape!;
  if (width !== undefined && width !== columns.length) {
    throw new IntegrityError(
      `model.onnx: its input ${name} takes ${shapeWords(input)}, ${counted(width, 'column')}, and the data has ${counted(columns.length, 'feature')}: ${listNames(columns.map((column) => column.name))}`,
    );
  }
  const places = columns.map((column) => {
    if (column.type !== 'category') return undefined;
    if (!column.categories) {
      throw new IntegrityError(
        `model.onnx: it takes all columns as numbers, and ${column.name} is a category without a list of categories to take the numbers from: let the model take each column by its name`,
      );
    }
    return new Map(column.categories.map((category, place) => [category, place]));
  });
  const placeOf = (places: ReadonlyMap<string, number>, text: string): number =>
    places.get(text) ?? Number.NaN;
  const type = runtimeTypes[input.type as 'float' | 'double'];
  const data = (length: number) => (type === 'float32' ? new Float32Array(length) : new Float64Array(length));
  const feed: InputFeed = {
    name,
    ofRows(range) {
      const count = range.to - range.from;
      const matrix = data(count * columns.length);
      columns.forEach((column, j) => {
        const categories = places[j];
        const values = categories
          ? textsOf(column, range).map((text) => placeOf(categories, text))
          : numbersOf(column, range);
        for (let i = 0; i < count; i++) matrix[i * columns.length + j] = values[i]!;
      });
      return { type, data: matrix, shape: [count, columns.length] };
    },
    ofRecord(value) {
      const matrix = data(columns.length);
      columns.forEach((column, j) => {
        const categories = places[j];
        const given = value(column.name);
        matrix[j] = categories ? placeOf(categories, textOf(column, given)) : numberOf(column, given)[0]!;
      });
      return { type, data: matrix, shape: [1, columns.length] };
    },
  };
  return { feeds: [feed], oneByOne: isOneByOne([input]) };
}
