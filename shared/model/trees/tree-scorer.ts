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

/** Numbers of a node: what it asks, where its right and its left child are, and where its set of categories begins. */
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
  const hasCategories = sets.length > 0;

  return {
    score(bins, rows, out) {
      for (let row = 0, o = 0; row < rows; row++) for (let k = 0; k < outputs; k++, o++) out[o] = base[k]!;
      for (let tree = 0; tree < sizes.length; tree++) {
        const output = tree % outputs;
        const root = roots[tree]!;
        if (root < 0) addConstant(values[~root]!, rows, output, outputs, out);
        else if (hasCategories) walkMixed(nodes, root, bins, width, rows, sets, values, output, outputs, out);
        else walkNumbers(nodes, root, bins, width, rows, values, output, outputs, out);
      }
    },
  };
}

/**
 * Nodes with absolute places of their children. A number's question is `(bin - low) mod 256 ≤ span`: with low 0 the
 * missing bin (0) is on the left, with low 1 it becomes 255 and is on the right.
 */
function flatten({ features, sizes, feature, cut, missingLeft, left, right }: TreeModel) {
  const nodes = new Int32Array(feature.length * nodeSize);
  const roots = new Int32Array(sizes.length);
  let start = 0;
  let leaf = 0;
  let set = 0;
  for (let tree = 0; tree < sizes.length; tree++) {
    const size = sizes[tree]!;
    const placeOf = (child: number) => (child < 0 ? ~(leaf + ~child) : (start + child) * nodeSize);
    roots[tree] = size === 0 ? ~leaf : start * nodeSize;
    for (let node = start; node < start + size; node++) {
      const at = node * nodeSize;
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
    start += size;
    leaf += size + 1;
  }
  return { nodes, roots };
}

function addConstant(value: number, rows: number, output: number, outputs: number, out: Float64Array): void {
  for (let row = 0, o = output; row < rows; row++, o += outputs) out[o]! += value;
}

function walkNumbers(
  nodes: Int32Array,
  root: number,
  bins: Uint8Array,
  width: number,
  rows: number,
  values: Float32Array,
  output: number,
  outputs: number,
  out: Float64Array,
): void {
  for (let row = 0, start = 0, o = output; row < rows; row++, start += width, o += outputs) {
    let at = root;
    do {
      const question = nodes[at]!;
      const bin = (bins[start + (question & 0xffff)]! - ((question >>> lowShift) & 1)) & 255;
      // 1 to the right, 2 to the left: no branch that would be guessed wrong every other time.
      at = nodes[at + 2 - ((((question >>> spanShift) & 255) - bin) >>> 31)]!;
    } while (at >= 0);
    out[o]! += values[~at]!;
  }
}

function walkMixed(
  nodes: Int32Array,
  root: number,
  bins: Uint8Array,
  width: number,
  rows: number,
  sets: Uint8Array,
  values: Float32Array,
  output: number,
  outputs: number,
  out: Float64Array,
): void {
  for (let row = 0, start = 0, o = output; row < rows; row++, start += width, o += outputs) {
    let at = root;
    do {
      const question = nodes[at]!;
      const bin = bins[start + (question & 0xffff)]!;
      if (question & categoryFlag) {
        at = nodes[at + 1 + ((sets[nodes[at + 3]! + (bin >> 3)]! >>> (bin & 7)) & 1)]!;
        continue;
      }
      const shifted = (bin - ((question >>> lowShift) & 1)) & 255;
      at = nodes[at + 2 - ((((question >>> spanShift) & 255) - shifted) >>> 31)]!;
    } while (at >= 0);
    out[o]! += values[~at]!;
  }
}
