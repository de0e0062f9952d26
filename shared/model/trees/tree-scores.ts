// What trees add to the scores of rows. Scores stand output by output: those of output k are k · rows … (k + 1) · rows - 1.
import type { BinMatrix } from './bin-matrix.ts';
import { type BoostingLoss, medianInPlace } from './boosting-losses.ts';
import type { Gradients } from './gradients.ts';
import type { GrownTree, TreeNode } from './grow-tree.ts';

/** The scores before the first tree: each output's base for every row. */
export function startScores(base: Float64Array, rows: number): Float64Array {
  const scores = new Float64Array(rows * base.length);
  for (let k = 0; k < base.length; k++) scores.fill(base[k]!, k * rows, (k + 1) * rows);
  return scores;
}

/** One output's derivatives, in place. */
export function outputGradients({ first, second }: Gradients, output: number, rows: number): Gradients {
  const from = output * rows;
  const to = from + rows;
  return { first: first.subarray(from, to), second: second?.subarray(from, to) };
}

/** What each leaf adds: Newton's step -G / (H + l2), or the median residual; times the learning rate, as 32-bit floats. */
export function leafValues(
  { leaves, rows }: GrownTree,
  { first, second }: Gradients,
  loss: BoostingLoss,
  { l2, learningRate }: { readonly l2: number; readonly learningRate: number },
  targets: Float64Array,
  scores: Float64Array,
): Float64Array {
  return Float64Array.from(leaves, ({ from, to }) => {
    if (loss.median) {
      const residuals = new Float64Array(to - from);
      for (let i = from; i < to; i++) residuals[i - from] = targets[rows[i]!]! - scores[rows[i]!]!;
      return Math.fround(learningRate * medianInPlace(residuals));
    }
    let slope = 0;
    let curvature = second ? 0 : to - from;
    for (let i = from; i < to; i++) {
      slope += first[rows[i]!]!;
      if (second) curvature += second[rows[i]!]!;
    }
    return slope === 0 ? 0 : Math.fround((-learningRate * slope) / (curvature + l2));
  });
}

/** Adds a tree to the scores of the rows that it grew on, which lie by leaf. */
export function addLeaves({ leaves, rows }: GrownTree, values: Float64Array, scores: Float64Array): void {
  for (let leaf = 0; leaf < leaves.length; leaf++) {
    const { from, to } = leaves[leaf]!;
    const value = values[leaf]!;
    for (let i = from; i < to; i++) scores[rows[i]!]! += value;
  }
}

/** Adds a tree to the scores of all rows of a matrix, each sent down by its bins. */
export function addTree(
  { nodes, values }: BoostedTree,
  { rows, bytes }: BinMatrix,
  scores: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    let at = nodes.length > 0 ? 0 : -1;
    while (at >= 0) {
      const { column, goesLeft, left, right } = nodes[at]!;
      at = goesLeft[bytes[column * rows + row]!]! === 1 ? left : right;
    }
    scores[row]! += values[~at]!;
  }
}

/** A tree as it predicts: leaf i adds `values[i]`. */
export interface BoostedTree {
  readonly nodes: readonly TreeNode[];
  /** Numbers that 32-bit floats hold. */
  readonly values: Float64Array;
}
