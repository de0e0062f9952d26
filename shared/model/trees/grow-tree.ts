import type { BinMatrix } from './bin-matrix.ts';
import { binCount, type ColumnBins } from './bins.ts';
import type { BoostingLoss } from './boosting-losses.ts';
import type { Gradients, Steps } from './gradients.ts';
import { drawnShape, type Histogram, histogramShape } from './histogram.ts';
import { createHistogramPool, histogramCount } from './histogram-pool.ts';
import { buildHistogram, listColumns, subtract } from './histogram-sums.ts';
import { partition } from './partition.ts';
import { createSplitSearch, type LeafSums, type Split, type SplitRules, sidesOf } from './split-search.ts';
import { createTreeMemory, quantise, type TreeMemory } from './tree-memory.ts';

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

/** Grows trees over the rows of one table. */
export interface TreeGrower {
  /** Where the derivatives that trees are to lower are written by row, of several outputs one after the other. */
  readonly derivatives: Gradients;
  /** Grows an output's tree over some of the rows and columns; its rows are there until the next one grows. */
  grow(output: number, rows: Uint32Array, columns: ArrayLike<number>): GrownTree;
}

/**
 * Leaf-wise growth (Shi 2007; LightGBM, Ke et al. 2017): of all leaves the one whose split lowers the loss most is
 * split next. Sums over a child's rows are made for the smaller child; its sibling's are the parent's less those.
 *
 * @param room numbers of kept histograms at most.
 * @throws ConfigurationError when there is not so much memory.
 */
export function createTreeGrower(
  matrix: BinMatrix,
  bins: readonly ColumnBins[],
  rules: GrowthRules,
  { outputs, curved }: Pick<BoostingLoss, 'outputs' | 'curved'>,
  room?: number,
): TreeGrower {
  const fullShape = histogramShape(matrix.columns, Math.max(...bins.map(binCount)), curved, matrix.rows);
  const kept = histogramCount(fullShape.length, rules.leaves, room);
  const memory = createTreeMemory(matrix, fullShape, outputs, kept + 2);
  const search = createSplitSearch(bins, fullShape, memory, rules);
  const [spare, otherSpare, ...histograms] = memory.histograms;
  const pool = createHistogramPool(histograms);
  const buffer = new Uint32Array(matrix.rows);

  function grow(output: number, drawn: Uint32Array, columns: ArrayLike<number>): GrownTree {
    const steps = quantise(memory, output);
    const shape = drawnShape(fullShape, columns.length, matrix.columns);
    if (shape.listed) listColumns(memory, shape, columns);
    const rows = memory.rows.subarray(0, drawn.length);
    rows.set(drawn);
    const nodes: TreeNode[] = [];
    const leaves: Leaf[] = [{ from: 0, to: rows.length, depth: 0, parent: undefined }];
    const maySplit = ({ from, to, depth }: Leaf) =>
      depth < rules.depth && to - from >= 2 * rules.minimumRows && leaves.length < rules.leaves;

    /** The sums of a leaf, in a place of the pool or, without one, in `otherwise`. */
    function built(leaf: Leaf, otherwise: Histogram): Histogram {
      const histogram = pool.take() ?? otherwise;
      buildHistogram(memory, shape, leaf.from, leaf.to, histogram);
      return histogram;
    }

    function release(histogram: Histogram | undefined): void {
      if (histogram !== undefined && histogram !== spare && histogram !== otherSpare) pool.release(histogram);
    }

    /** Looks for leaves' splits; their sums are kept for their children as long as there is room. */
    function examine(found: readonly (readonly [Leaf, Histogram, LeafSums])[]): void {
      const splits = search(
        found.map(([, histogram, sums]) => ({ histogram, sums })),
        columns,
        shape.listed,
        steps,
      );
      for (const [i, [leaf, histogram]] of found.entries()) {
        leaf.split = splits[i];
        if (leaf.split && histogram !== spare && histogram !== otherSpare) leaf.histogram = histogram;
        else release(histogram);
      }
    }

    function examineChildren(parent: Histogram | undefined, left: Leaf, right: Leaf, split: Split): void {
      const leftIsSmaller = left.to - left.from <= right.to - right.from;
      const [small, large] = leftIsSmaller ? [left, right] : [right, left];
      const [smallSums, largeSums] = leftIsSmaller ? [split.left, split.right] : [split.right, split.left];
      if (!maySplit(large)) {
        // It has no fewer rows and is as deep: neither may be split.
        release(parent);
        return;
      }
      const own = built(small, spare!);
      if (parent !== undefined)
        subtract(memory, shape, parent, right.to - left.from, own, small.to - small.from);
      const largeOne = [large, parent ?? built(large, otherSpare!), largeSums] as const;
      if (maySplit(small)) examine([[small, own, smallSums], largeOne]);
      else {
        release(own);
        examine([largeOne]);
      }
    }

    const root = leaves[0]!;
    if (maySplit(root)) {
      examine([[root, built(root, spare!), sumsOf(memory, steps, rows.length)]]);
    }
    while (leaves.length < rules.leaves) {
      const index = bestLeaf(leaves);
      if (index < 0) break;
      const leaf = leaves[index]!;
      const split = leaf.split!;
      const { column, threshold } = split;
      const node = { column, threshold, goesLeft: sidesOf(split), left: 0, right: 0 };
      const middle = partition(matrix, column, node.goesLeft, rows, leaf.from, leaf.to, buffer);
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
      release(leaf.histogram);
      if (leaf.parent) leaf.parent.node[leaf.parent.side] = ~index;
    }
    return { nodes, leaves: leaves.map(({ from, to }) => ({ from, to })), rows };
  }
  return { derivatives: memory.derivatives, grow };
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

/** Of the root, over the first so many of the memory's rows. */
function sumsOf(
  { kernel, records, recordSize, rowsAddress, derivatives }: TreeMemory,
  { firstStep, secondStep }: Steps,
  rows: number,
): LeafSums {
  const first = kernel.sum(records, recordSize, true, rowsAddress, rows) * firstStep;
  if (!derivatives.second) return { first, second: rows, rows };
  return {
    first,
    second: kernel.sum(records + 8, recordSize, false, rowsAddress, rows) * secondStep,
    rows,
  };
}
