import { type TreeHeader, treeLayout } from '../../model/trees/tree-file.ts';
import { setBytes } from '../../model/trees/tree-model.ts';
import type { ByteCoder } from './byte-coder.ts';
import { codeFloats } from './float-bytes.ts';

/** Contexts, each the first of a range: the number of a feature or of a byte is added to it. */
const contexts = {
  exponent: 1 << 20,
  size: 2 << 20,
  feature: 3 << 20,
  left: 4 << 20,
  right: 5 << 20,
  cut: 6 << 20,
  missingLeft: 7 << 20,
  set: 8 << 20,
  edge: 9 << 20,
} as const;

/** A leaf other than the one that is expected. */
const otherLeaf = 2 ** 15;

/** trees.bin in place, column by column, each byte by what it depends on. The file was checked, or is checked afterwards. */
export function codeTrees(coder: ByteCoder, header: TreeHeader, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = treeLayout(header);
  const isCategory = header.features.map(({ categories }) => categories !== undefined);
  codeEdges(coder, view, at.values);
  codeFloats(coder, view, { from: at.values, to: at.sizes, context: contexts.exponent });
  let node = 0;
  for (let tree = 0; tree < header.trees; tree++) {
    const offset = at.sizes + 2 * tree;
    const size = codeWord(coder, contexts.size, view.getUint16(offset, true));
    view.setUint16(offset, size, true);
    codeChildren(coder, view, { left: at.left + 2 * node, right: at.right + 2 * node, size });
    node += size;
  }
  let set = at.sets;
  for (node = 0; node < header.nodes; node++) {
    const offset = at.feature + 2 * node;
    const feature = codeWord(coder, contexts.feature, view.getUint16(offset, true));
    view.setUint16(offset, feature, true);
    bytes[at.cut + node] = coder.likely(contexts.cut + feature, bytes[at.cut + node]!);
    bytes[at.missingLeft + node] = coder.likely(
      contexts.missingLeft + feature,
      bytes[at.missingLeft + node]!,
    );
    if (!isCategory[feature]) continue;
    for (let i = 0; i < setBytes; i++, set++) bytes[set] = coder.likely(contexts.set + i, bytes[set]!);
  }
}

/** A number of 16 bits, most often a small one. */
function codeWord(coder: ByteCoder, context: number, word: number): number {
  const high = coder.likely(context, word >> 8);
  return (high << 8) | coder.likely(context + (high === 0 ? 1 : 2), word & 255);
}

/** Float64 numbers, each byte by its place and the byte above it: decimals in binary repeat themselves. */
function codeEdges(coder: ByteCoder, view: DataView, end: number): void {
  for (let offset = 0; offset < end; offset += 8) {
    let above = 0;
    for (let place = 7; place >= 0; place--) {
      above = coder.likely(contexts.edge + 256 * place + above, view.getUint8(offset + place));
      view.setUint8(offset + place, above);
    }
  }
}

/**
 * A tree's children. Trees grow by dividing a leaf: what stays on the left keeps the leaf's number, what goes to the
 * right takes the next one. So a leaf is as expected, 0; a node is by how far it lies behind its parent; only what grew
 * otherwise takes its own number.
 */
function codeChildren(
  coder: ByteCoder,
  view: DataView,
  { left, right, size }: { readonly left: number; readonly right: number; readonly size: number },
): void {
  const leafOf = new Uint16Array(size);
  const codeChild = (context: number, offset: number, node: number, leaf: number): boolean => {
    const child = view.getInt16(offset, true);
    const word = child >= 0 ? child - node : child === ~leaf ? 0 : otherLeaf + ~child;
    const coded = codeWord(coder, context, word);
    const result = coded === 0 ? ~leaf : coded >= otherLeaf ? ~(coded - otherLeaf) : node + coded;
    view.setInt16(offset, result, true);
    if (result > 0) leafOf[result] = leaf;
    return result < 0;
  };
  for (let node = 0; node < size; node++) {
    const isLeaf = codeChild(contexts.left, left + 2 * node, node, leafOf[node]!);
    codeChild(contexts.right + (isLeaf ? 3 : 0), right + 2 * node, node, node + 1);
  }
}
