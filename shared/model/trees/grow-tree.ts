import type { BinMatrix } from './bin-matrix.ts';
import { binCount, type ColumnBins } from './bins.ts';
import { type QuantisedGradients, rowUnit } from './gradients.ts';
import { createHistogramBuilder, type Histogram, histogramShape, subtract } from './histogram.ts';
import { createHistogramPool } from './histogram-pool.ts';
import { createSplitSearch, type LeafSums, type Split, type SplitRules, sidesOf } from './split-search.ts';

/** A question about one column; a child is a later node, or `~leaf`. */
export interface TreeNode {
  readonly column: number;
  /** Number columns: the highest value bin on the left; -1 of a category column. */
  readonly threshold: number;
  /** By bin: 1 where its rows go left. */
  readonly goesLeft: Uint8Array;
  left: number;
  right: number;
}

/** A tree and the training rows in each of its leaves. */
export interface GrownTree {
  readonly nodes: readonly TreeNode[];
  /** Leaf i has the rows `rows[leaves[i].from]` … `rows[leaves[i].to - 1]`, ascending. */
  readonly leaves: readonly { readonly from: number; readonly to: number }[];
  readonly rows: Uint32Array;
}

/** How far a tree may grow. */
export interface GrowthRules extends SplitRules {
  readonly leaves: number;
  /** Questions from the root to a leaf at most. */
  readonly depth: number;
}

interface Leaf {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  /** The parent's child that it is; absent for the root. */
  readonly parent: { readonly node: TreeNode; readonly side: 'left' | 'right' } | undefined;
  histogram?: Histogram | undefined;
  split?: Split | undefined;
}

/** Grows a tree over some of the rows (which are put in another order) and columns. */
export type TreeGrower = (
  gradients: QuantisedGradients,
  rows: Uint32Array,
  columns: ArrayLike<number>,
) => GrownTree;

/**
 * Leaf-wise growth (Shi 2007; LightGBM, Ke et al. 2017): of all leaves the one whose split lowers the loss most is
 * split next. Sums over a child's rows are made for the smaller child; its sibling's are the parent's less those.
 *
 * @param second whether rows have second derivatives other than 1.
 * @param room numbers of kept histograms at most.
 */
export function createTreeGrower(
  matrix: BinMatrix,
  bins: readonly ColumnBins[],
  rules: GrowthRules,
  second: boolean,
  room?: number,
): TreeGrower {
  const shape = histogramShape(4 * matrix.width, Math.max(...bins.map(binCount)), second, matrix.rows);
  const builder = createHistogramBuilder(matrix, shape);
  const search = createSplitSearch(bins, shape, rules);
  const pool = createHistogramPool(shape.length, room);
  const spare = new Float64Array(shape.length);
  const buffer = new Uint32Array(matrix.rows);

  return (gradients, rows, columns) => {
    const build = builder(gradients);
    const nodes: TreeNode[] = [];
    const leaves: Leaf[] = [{ from: 0, to: rows.length, depth: 0, parent: undefined }];
    const maySplit = ({ from, to, depth }: Leaf) =>
      depth < rules.depth && to - from >= 2 * rules.minimumRows && leaves.length < rules.leaves;

    /** Looks for a leaf's split; its sums are kept for its children as long as there is room. */
    function examine(leaf: Leaf, histogram: Histogram, sums: LeafSums): void {
      leaf.split = search(histogram, sums, columns, gradients);
      if (leaf.split && histogram !== spare) leaf.histogram = histogram;
      else if (histogram !== spare) pool.release(histogram);
    }

    function built(leaf: Leaf): Histogram {
      const histogram = pool.take() ?? spare;
      build(rows, leaf.from, leaf.to, histogram);
      return histogram;
    }

    function examineChildren(parent: Histogram | undefined, left: Leaf, right: Leaf, split: Split): void {
      const leftIsSmaller = left.to - left.from <= right.to - right.from;
      const [small, large] = leftIsSmaller ? [left, right] : [right, left];
      const [smallSums, largeSums] = leftIsSmaller ? [split.left, split.right] : [split.right, split.left];
      if (!maySplit(small) && !maySplit(large)) {
        if (parent) pool.release(parent);
        return;
      }
      const own = built(small);
      if (parent) subtract(parent, right.to - left.from, own, small.to - small.from, shape);
      if (maySplit(small)) examine(small, own, smallSums);
      else if (own !== spare) pool.release(own);
      if (!maySplit(large)) {
        if (parent) pool.release(parent);
        return;
      }
      examine(large, parent ?? built(large), largeSums);
    }

    const root = leaves[0]!;
    if (maySplit(root)) {
      examine(root, built(root), sumsOf(gradients, rows));
    }
    while (leaves.length < rules.leaves) {
      const index = bestLeaf(leaves);
      if (index < 0) break;
      const leaf = leaves[index]!;
      const split = leaf.split!;
      const { column, threshold } = split;
      const node = { column, threshold, goesLeft: sidesOf(split), left: 0, right: 0 };
      const middle = partition(matrix, rows, leaf.from, leaf.to, node, buffer);
      if (leaf.parent) leaf.parent.node[leaf.parent.side] = nodes.length;
      nodes.push(node);
      const depth = leaf.depth + 1;
      const left: Leaf = { from: leaf.from, to: middle, depth, parent: { node, side: 'left' } };
      const right: Leaf = { from: middle, to: leaf.to, depth, parent: { node, side: 'right' } };
      leaves[index] = left;
      leaves.push(right);
      examineChildren(leaf.histogram, left, right, split);
    }
    for (const [index, leaf] of leaves.entries()) {
      if (leaf.histogram) pool.release(leaf.histogram);
      if (leaf.parent) leaf.parent.node[leaf.parent.side] = ~index;
    }
    return { nodes, leaves: leaves.map(({ from, to }) => ({ from, to })), rows };
  };
}

/** The leaf with the largest gain, of equals the first; -1 when none can be split. */
function bestLeaf(leaves: readonly Leaf[]): number {
  let best = -1;
  for (let i = 0; i < leaves.length; i++) {
    const split = leaves[i]!.split;
    if (split && (best < 0 || split.gain > leaves[best]!.split!.gain)) best = i;
  }
  return best;
}

function sumsOf({ first, second, firstStep, secondStep }: QuantisedGradients, rows: Uint32Array): LeafSums {
  let sum = 0;
  let curvature = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    sum += first[row]! - rowUnit;
    if (second) curvature += second[row]!;
  }
  return {
    first: sum * firstStep,
    second: second ? curvature * secondStep : rows.length,
    rows: rows.length,
  };
}

/** Puts the left child's rows before the right one's, each in their order; returns where the right one's begin. */
function partition(
  matrix: BinMatrix,
  rows: Uint32Array,
  from: number,
  to: number,
  { column, goesLeft }: TreeNode,
  buffer: Uint32Array,
): number {
  const bins = matrix.bytes.subarray(column * matrix.rows, (column + 1) * matrix.rows);
  const middle = partInto(bins, goesLeft, rows, from, to, buffer);
  rows.set(buffer.subarray(0, to - middle), middle);
  return middle;
}

/** The right child's rows go to the buffer. */
function partInto(
  bins: Uint8Array,
  goesLeft: Uint8Array,
  rows: Uint32Array,
  from: number,
  to: number,
  buffer: Uint32Array,
): number {
  let left = from;
  let right = 0;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const side = goesLeft[bins[row]!]!;
    // Both are written and one is kept: a branch would be guessed wrong for every other row.
    rows[left] = row;
    buffer[right] = row;
    left += side;
    right += 1 - side;
  }
  return left;
}
