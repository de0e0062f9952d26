import { setBytes, type TreeModel } from './tree-model.ts';

/** Trees as one array of numbers. */
export interface TreeScorer {
  /**
   * Adds up the trees of rows.
   *
   * @param bins row-major rows × features.
   * @param out row-major rows × outputs; overwritten.
   */
  score(bins: Uint8Array, rows: number, out: Float64Array): void;
}

/**
 * Numbers of a node: what it asks, where its right and its left child are, and where its set of categories begins. A leaf
 * is a node that leads to itself and has its value's place last.
 */
const nodeSize = 4;

/** A question's bits: the feature, 16; `low`, 1; `span`, 8; whether it is about a category, 1. */
const lowShift = 16;
const spanShift = 17;
const categoryFlag = 1 << 25;

/**
 * Makes trees ready to score. Leaves' values are added in the order of the trees, as in training: the sums agree to the
 * last bit.
 */
export function createTreeScorer(model: TreeModel): TreeScorer {
  const { sizes, outputs, values, sets, base } = model;
  const width = model.features.length;
  const { nodes, roots } = flatten(model);

  return {
    score(bins, rows, out) {
      for (let row = 0, o = 0; row < rows; row++) for (let k = 0; k < outputs; k++, o++) out[o] = base[k]!;
      for (let tree = 0; tree < sizes.length; tree++) {
        const root = roots[tree]!;
        const leaves = root + sizes[tree]! * nodeSize;
        walk(nodes, root, leaves, bins, width, rows, sets, values, tree % outputs, outputs, out);
      }
    },
  };
}

/**
 * Nodes with absolute places of their children, each tree's leaves after its questions. A number's question is
 * `(bin - low) mod 256 ≤ span`: with low 0 the missing bin (0) is on the left, with low 1 it becomes 255 and is on the
 * right.
 */
function flatten({ features, sizes, feature, cut, missingLeft, left, right }: TreeModel) {
  const nodes = new Int32Array((2 * feature.length + sizes.length) * nodeSize);
  const roots = new Int32Array(sizes.length);
  let node = 0;
  let leaf = 0;
  let set = 0;
  for (let tree = 0; tree < sizes.length; tree++) {
    const size = sizes[tree]!;
    const root = (node + leaf) * nodeSize;
    const leaves = root + size * nodeSize;
    const placeOf = (child: number) => (child < 0 ? leaves + ~child * nodeSize : root + child * nodeSize);
    roots[tree] = root;
    for (let at = root; at < leaves; at += nodeSize, node++) {
      nodes[at + 1] = placeOf(right[node]!);
      nodes[at + 2] = placeOf(left[node]!);
      if (features[feature[node]!]!.categories) {
        nodes[at] = feature[node]! | categoryFlag;
        nodes[at + 3] = set;
        set += setBytes;
        continue;
      }
      const low = 1 - missingLeft[node]!;
      nodes[at] = feature[node]! | (low << lowShift) | ((cut[node]! - low) << spanShift);
    }
    for (let at = leaves; at <= leaves + size * nodeSize; at += nodeSize, leaf++) {
      nodes[at + 1] = at;
      nodes[at + 2] = at;
      nodes[at + 3] = leaf;
    }
  }
  return { nodes, roots };
}

/**
 * Adds one tree's values. Four rows go down side by side, as a step waits for what it reads longer than it computes;
 * those that have reached their leaf stay there.
 *
 * @param leaves the place of the tree's first leaf.
 */
function walk(
  nodes: Int32Array,
  root: number,
  leaves: number,
  bins: Uint8Array,
  width: number,
  rows: number,
  sets: Uint8Array,
  values: Float32Array,
  output: number,
  outputs: number,
  out: Float64Array,
): void {
  let row = 0;
  let o = output;
  for (; row + 4 <= rows; row += 4, o += 4 * outputs) {
    const first = row * width;
    const second = first + width;
    const third = second + width;
    const fourth = third + width;
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    while (((a - leaves) | (b - leaves) | (c - leaves) | (d - leaves)) < 0) {
      a = childOf(nodes, a, bins, first, sets);
      b = childOf(nodes, b, bins, second, sets);
      c = childOf(nodes, c, bins, third, sets);
      d = childOf(nodes, d, bins, fourth, sets);
    }
    out[o]! += values[nodes[a + 3]!]!;
    out[o + outputs]! += values[nodes[b + 3]!]!;
    out[o + 2 * outputs]! += values[nodes[c + 3]!]!;
    out[o + 3 * outputs]! += values[nodes[d + 3]!]!;
  }
  for (; row < rows; row++, o += outputs) {
    let at = root;
    while (at < leaves) at = childOf(nodes, at, bins, row * width, sets);
    out[o]! += values[nodes[at + 3]!]!;
  }
}

function childOf(nodes: Int32Array, at: number, bins: Uint8Array, start: number, sets: Uint8Array): number {
  const question = nodes[at]!;
  const bin = bins[start + (question & 0xffff)]!;
  if (question & categoryFlag) {
    return nodes[at + 1 + ((sets[nodes[at + 3]! + (bin >> 3)]! >>> (bin & 7)) & 1)]!;
  }
  const shifted = (bin - ((question >>> lowShift) & 1)) & 255;
  // 1 to the right, 2 to the left: no branch that would be guessed wrong every other time.
  return nodes[at + 2 - ((((question >>> spanShift) & 255) - shifted) >>> 31)]!;
}
