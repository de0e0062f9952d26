// model.onnx: the few fields that are checked before any runtime sees the file.
import { IntegrityError } from '../../platform/errors.ts';
import { externalTensors } from './external-data.ts';
import { bytesFields, numberField, textField } from './protobuf.ts';

/** A dimension of a tensor: a number, or undefined where the file leaves it open, such as that of the rows. */
export type Dimension = number | undefined;

/** What an input takes or an output gives. */
export interface OnnxValue {
  readonly name: string;
  /** `float`, `int64`, `string`; of what is no tensor the kind: `sequence`, `map`. */
  readonly type: string;
  /** Undefined where the file does not say it. */
  readonly shape: readonly Dimension[] | undefined;
}

/** Whether a tensor holds the numbers that a model computes with. */
export const isNumeric = ({ type }: OnnxValue): boolean => type === 'float' || type === 'double';

/** What a file says of its model. */
export interface OnnxFile {
  /** Those that must be fed: inputs with a default (an initializer of the same name) are not among them. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** TensorProto.DataType of onnx.proto, by number. */
const elementTypes: Readonly<Record<number, string>> = {
  1: 'float',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'double',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
};

/** Fields of TypeProto that hold something else than a tensor. */
const otherKinds: Readonly<Record<number, string>> = {
  4: 'sequence',
  5: 'map',
  8: 'sparse tensor',
  9: 'optional',
};

/** onnxruntime's own format, which begins with an offset and this mark, is run without the checks of an ONNX model. */
const runtimeFormat = 'ORTM';

/**
 * Reads inputs and outputs of an ONNX model (onnx.proto: ModelProto, GraphProto, ValueInfoProto), and refuses what must not
 * reach a runtime: a model that reads other files.
 *
 * @throws IntegrityError when the bytes are no ONNX model, or its data is in another file.
 */
export function parseOnnx(bytes: Uint8Array): OnnxFile {
  try {
    return modelOf(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new IntegrityError(
      `model.onnx: it is no ONNX model (${error.message}): write it with onnx.save or the converter's SerializeToString()`,
    );
  }
}

function modelOf(bytes: Uint8Array): OnnxFile {
  if (bytes.length === 0) throw new RangeError('it is empty');
  if (new TextDecoder().decode(bytes.subarray(4, 8)) === runtimeFormat) {
    throw new RangeError("it has onnxruntime's own format");
  }
  const [graph] = bytesFields(bytes, 7);
  if (numberField(bytes, 1) === undefined || graph === undefined) throw new RangeError('it has no graph');
  const [external] = externalTensors(bytes);
  if (external) {
    throw new IntegrityError(
      `model.onnx: its tensor ${external.tensor} is not in it but in the file ${external.location}: save the model in one file (onnx.save with save_as_external_data=False)`,
    );
  }
  const defaults = new Set(bytesFields(graph, 5).map((tensor) => textField(tensor, 8)));
  return {
    inputs: bytesFields(graph, 11)
      .map(describeValue)
      .filter(({ name }) => !defaults.has(name)),
    outputs: bytesFields(graph, 12).map(describeValue),
  };
}

/** ValueInfoProto: name = 1, type = 2. */
function describeValue(value: Uint8Array): OnnxValue {
  const name = textField(value, 1);
  const [type] = bytesFields(value, 2);
  const [tensor] = type ? bytesFields(type, 1) : [];
  if (!tensor) {
    const kind = Object.entries(otherKinds).find(
      ([field]) => type && bytesFields(type, Number(field)).length > 0,
    );
    return { name, type: kind?.[1] ?? 'unknown', shape: undefined };
  }
  const element = numberField(tensor, 1) ?? 0;
  const [shape] = bytesFields(tensor, 2);
  return { name, type: elementTypes[element] ?? `type ${element}`, shape: shape && dimensionsOf(shape) };
}

/** TensorShapeProto.Dimension: a value = 1, or the name of one = 2. */
function dimensionsOf(shape: Uint8Array): Dimension[] {
  return bytesFields(shape, 1).map((dimension) => {
    const value = numberField(dimension, 1);
    // Negative and zero sizes are how some converters write an open one.
    return value !== undefined && value > 0 && value < 2 ** 31 ? value : undefined;
  });
}

/** `float [N, 3]`, for messages. */
export function shapeWords({ type, shape }: OnnxValue): string {
  if (!shape) return type;
  const sizes = shape.map((size, i) => (size === undefined ? (i === 0 ? 'N' : '?') : String(size)));
  return `${type} [${sizes.join(', ')}]`;
}
