// A model's numbers as a page carries them: every bit of them, in fewer bytes.
import type { SavedNetwork } from '../../model/predictor/network-format.ts';
import { type TreeHeader, treeLayout } from '../../model/trees/tree-file.ts';
import { type ByteCoder, ByteReader, ByteWriter } from './byte-coder.ts';
import { codeFloats } from './float-bytes.ts';
import { codeTrees } from './tree-bytes.ts';

/** What the numbers of one model are: of a network its weights.bin, of trees their trees.bin. */
export type NumbersShape = { readonly network: SavedNetwork } | { readonly trees: TreeHeader };

/**
 * Packs the numbers of models, one after the other. The same models give the same bytes on every machine.
 *
 * @param models with the files' bytes, which fit their shapes: a predictor was made of them.
 */
export function packNumbers(models: readonly (NumbersShape & { readonly bytes: Uint8Array })[]): Uint8Array {
  const writer = new ByteWriter();
  for (const model of models) code(writer, model, model.bytes.slice());
  return writer.bytes();
}

/**
 * The files' bytes as they were packed, in the order of the shapes.
 *
 * @throws RangeError when the packed bytes end too early.
 */
export function unpackNumbers(packed: Uint8Array, shapes: readonly NumbersShape[]): Uint8Array[] {
  const reader = new ByteReader(packed);
  return shapes.map((shape) => code(reader, shape, new Uint8Array(lengthOf(shape))));
}

function lengthOf(shape: NumbersShape): number {
  if ('trees' in shape) return treeLayout(shape.trees).end;
  const [manifest] = shape.network.weightsManifest;
  const numbers = manifest!.weights.map(({ shape: sides }) =>
    sides.reduce((product, side) => product * side, 1),
  );
  return 4 * numbers.reduce((sum, count) => sum + count, 0);
}

function code(coder: ByteCoder, shape: NumbersShape, bytes: Uint8Array): Uint8Array {
  if ('trees' in shape) codeTrees(coder, shape.trees, bytes);
  else {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    codeFloats(coder, view, { from: 0, to: bytes.byteLength, context: 0 });
  }
  return bytes;
}
