import { UnfitValueError } from './unfit-value-error.ts';

/** The types of tensor that an input may have, by their names in an ONNX file; their names in the runtime. */
export const runtimeTypes = {
  float: 'float32',
  double: 'float64',
  int64: 'int64',
  int32: 'int32',
  bool: 'bool',
  string: 'string',
} as const;

export type InputType = keyof typeof runtimeTypes;

/** A tensor's values, row-major. */
export type TensorData = Float32Array | Float64Array | BigInt64Array | Int32Array | Uint8Array | string[];

/** A tensor before the runtime has made one. */
export interface TensorParts {
  readonly type: (typeof runtimeTypes)[InputType];
  readonly data: TensorData;
  readonly shape: readonly number[];
}

/** Where numbers come from, for messages. */
export interface NumberSource {
  readonly column: string;
  /** Place of the first of them among the rows predicted. */
  readonly first: number;
}

/**
 * Numbers as a tensor of an input's type. Missing is NaN, which whole numbers and booleans have no place for.
 *
 * @throws UnfitValueError naming row and column for a value that the type cannot hold.
 */
export function numericData(
  type: Exclude<InputType, 'string'>,
  values: Float64Array,
  source: NumberSource,
): Exclude<TensorData, string[]> {
  switch (type) {
    case 'float':
      return Float32Array.from(values);
    case 'double':
      return values;
    case 'int64':
      checkWhole(type, values, source, Number.MAX_SAFE_INTEGER);
      return BigInt64Array.from(values, BigInt);
    case 'int32':
      checkWhole(type, values, source, 2 ** 31 - 1);
      return Int32Array.from(values);
    case 'bool':
      checkWhole(type, values, source, 1);
      return Uint8Array.from(values);
  }
}

function checkWhole(
  type: InputType,
  values: Float64Array,
  { column, first }: NumberSource,
  largest: number,
): void {
  const at = values.findIndex((value) => !Number.isInteger(value) || Math.abs(value) > largest);
  if (at < 0) return;
  const row = first + at;
  const value = values[at]!;
  const fault = Number.isNaN(value)
    ? `is missing in row ${row}, and ${type} has no place for missing values`
    : `is ${value} in row ${row}, which no ${type} can hold`;
  throw new UnfitValueError(
    `model.onnx takes ${column} as ${type}: it ${fault}; let the model take it as float or double, where a missing value is NaN`,
    { row, column },
  );
}
