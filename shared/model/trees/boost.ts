import type { Random } from '../../platform/random.ts';
import { binColumns } from './bin-matrix.ts';
import { type ColumnBins, fitBins } from './bins.ts';
import type { BoostingLoss, Labels } from './boosting-losses.ts';
import { createTreeGrower, type GrowthRules } from './grow-tree.ts';
import type { TreeColumn } from './tree-columns.ts';
import {
  addLeaves,
  addTree,
  type BoostedTree,
  leafValues,
  outputGradients,
  startScores,
} from './tree-scores.ts';

/** Rows to learn from or to be judged on. */
export interface TreeRows extends Labels {
  readonly columns: readonly TreeColumn[];
}

/** How to boost. */
export interface BoostingOptions extends GrowthRules {
  /** Rounds at most; a round makes one tree an output. */
  readonly rounds: number;
  readonly learningRate: number;
  /** Share of the rows that a round's trees grow on, (0, 1]. */
  readonly rowShare: number;
  /** Share of the columns that a tree grows on, (0, 1]. */
  readonly columnShare: number;
  /** Value bins of a number column at most; default 255. */
  readonly bins?: number;
  /** Rounds without a better validation loss before it stops. */
  readonly patience: number;
}

/** One round's outcome. */
export interface BoostingRound {
  readonly round: number;
  readonly loss: number;
  readonly validationLoss: number;
}

/** Trees by round and, within a round, by output; a row's scores are the base and its leaves' values, in this order. */
export interface BoostedTrees {
  readonly outputs: number;
  readonly base: Float64Array;
  readonly bins: readonly ColumnBins[];
  readonly trees: readonly BoostedTree[];
}

/** What boosting ends with: the trees up to the best round, and how they came to be. */
export interface Boosted {
  readonly model: BoostedTrees;
  readonly history: readonly BoostingRound[];
  readonly bestRound: number;
  readonly stopped: 'patience' | 'epochs' | 'converged';
}

/**
 * Gradient boosting (Friedman 2001, 2002) with regularised leaves (Chen and Guestrin 2016). Gives a round's outcome
 * after each, so that the caller can show it or stop.
 *
 * @throws RangeError when there is nothing to learn from: no rows, no columns, a target that is not finite.
 */
export function* boost(
  input: {
    readonly train: TreeRows;
    /** Absent: all rounds are made. */
    readonly validation?: TreeRows | undefined;
    readonly loss: BoostingLoss;
    readonly options: BoostingOptions;
  },
  random: Random,
): Generator<BoostingRound, Boosted> {
  const { train, validation, loss, options } = input;
  checkRows(train);
  if (validation) checkRows(validation);
  const { rows } = train;
  const { outputs } = loss;
  const bins = fitBins(train.columns, rows, random.fork('bins'), options.bins);
  const matrix = binColumns(train.columns, bins, rows);
  const base = loss.initial(train);
  const scores = startScores(base, rows);
  const judged = validation && {
    labels: validation,
    matrix: binColumns(validation.columns, bins, validation.rows),
    scores: startScores(base, validation.rows),
  };
  const grower = createTreeGrower(matrix, bins, options, loss);
  const { derivatives } = grower;
  const drawRows = createDraw(rows, options.rowShare, random.fork('rows'));
  const drawColumns = createDraw(bins.length, options.columnShare, random.fork('columns'));
  // Of other rows and columns the next tree may find a question.
  const whole = options.rowShare === 1 && options.columnShare === 1;
  const trees: BoostedTree[] = [];
  const history: BoostingRound[] = [];
  let best = Number.POSITIVE_INFINITY;
  let bestRound = 0;
  let stopped: Boosted['stopped'] = 'epochs';

  loss.mean(scores, train, derivatives);
  for (let round = 1; round <= options.rounds; round++) {
    const drawn = drawRows();
    let nodes = 0;
    for (let output = 0; output < outputs; output++) {
      const gradients = outputGradients(derivatives, output, rows);
      const grown = grower.grow(output, drawn, drawColumns());
      const own = scores.subarray(output * rows, (output + 1) * rows);
      const values = leafValues(grown, gradients, loss, options, train.targets, own);
      const tree = { nodes: grown.nodes, values };
      if (drawn.length === rows) addLeaves(grown, values, own);
      else addTree(tree, matrix, own);
      if (judged) {
        addTree(tree, judged.matrix, judged.scores.subarray(output * judged.matrix.rows));
      }
      trees.push(tree);
      nodes += grown.nodes.length;
    }
    const validationLoss = judged ? loss.mean(judged.scores, judged.labels) : 0;
    const outcome = { round, loss: loss.mean(scores, train, derivatives), validationLoss };
    history.push(outcome);
    yield outcome;
    if (!judged || validationLoss < best) {
      best = validationLoss;
      bestRound = round;
    }
    if (nodes === 0 && (whole || derivatives.first.every((slope) => slope === 0))) stopped = 'converged';
    else if (round - bestRound >= options.patience) stopped = 'patience';
    if (stopped !== 'epochs') break;
  }
  const model = { outputs, base, bins, trees: trees.slice(0, bestRound * outputs) };
  return { model, history, bestRound, stopped };
}

function checkRows({ rows, columns, targets }: TreeRows): void {
  if (rows === 0 || columns.length === 0) {
    throw new RangeError(`boosting needs rows and columns; it was given ${rows} and ${columns.length}`);
  }
  for (let row = 0; row < rows; row++) {
    if (!Number.isFinite(targets[row]!)) {
      throw new RangeError(`boosting needs finite targets; that of row ${row + 1} is ${targets[row]}`);
    }
  }
}

/** Draws a share of 0 … n - 1, ascending; with a share of 1 nothing is drawn. */
function createDraw(n: number, share: number, random: Random): () => Uint32Array {
  const all = new Uint32Array(n);
  for (let i = 0; i < n; i++) all[i] = i;
  const count = Math.max(1, Math.round(n * share));
  if (count >= n) return () => all;
  return () => {
    const drawn = new Uint32Array(count);
    for (let i = 0, taken = 0; taken < count; i++) {
      if (random.next() * (n - i) < count - taken) drawn[taken++] = i;
    }
    return drawn;
  };
}
