import { bytesFields, numberField, protobufFields, textField } from './protobuf.ts';

/** A tensor whose numbers lie in another file. */
export interface ExternalTensor {
  readonly tensor: string;
  readonly location: string;
}

/** Graphs within graphs (loops, branches) end long before this; a deeper file is an attack on the stack. */
const deepest = 64;

/** The messages of onnx.proto that hold tensors, at whatever depth: which field holds which. */
const holders = {
  // graph, training_info, functions
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  // node, initializer, sparse_initializer
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  // node, attribute_proto
  function: { 7: 'node', 11: 'attribute' },
  node: { 5: 'attribute' },
  // t, g, tensors, graphs, sparse_tensor, sparse_tensors
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
} as const satisfies Record<string, Readonly<Record<number, string>>>;

type Holder = keyof typeof holders;

/**
 * The tensors of a model that are not in its file (TensorProto: external_data = 13, data_location = 14): a runtime would open
 * whatever file they name.
 *
 * @throws RangeError when the bytes are no protobuf, or graphs lie too deep in each other.
 */
export function externalTensors(model: Uint8Array): ExternalTensor[] {
  const found: ExternalTensor[] = [];
  function look(message: Uint8Array, kind: Holder | 'tensor', depth: number): void {
    if (depth > deepest) throw new RangeError(`graphs lie more than ${deepest} deep in each other`);
    if (kind === 'tensor') {
      const external = externalOf(message);
      if (external) found.push(external);
      return;
    }
    const inner: Readonly<Record<number, Holder | 'tensor'>> = holders[kind];
    for (const { number, value } of protobufFields(message)) {
      const next = inner[number];
      if (next !== undefined && typeof value !== 'number') look(value, next, depth + 1);
    }
  }
  look(model, 'model', 0);
  return found;
}

function externalOf(tensor: Uint8Array): ExternalTensor | undefined {
  const entries = bytesFields(tensor, 13);
  if (entries.length === 0 && numberField(tensor, 14) !== 1) return undefined;
  const location = entries.find((entry) => textField(entry, 1) === 'location');
  return {
    tensor: textField(tensor, 8) || 'without a name',
    location: location ? textField(location, 2) : 'that it does not name',
  };
}
