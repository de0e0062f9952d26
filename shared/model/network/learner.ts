import type { Random } from '../../platform/random.ts';
import type { MatrixProduct } from '../engine/matrix-product.ts';
import type { Architecture } from './architecture.ts';
import type { Parameters } from './parameters.ts';

/** Rows ready to learn from or to be judged on. */
export interface WeightedRows {
  readonly rows: number;
  /** Row-major rows × inputs. */
  readonly x: Float32Array;
  /** By row: the standardised number, or the class's index. */
  readonly targets: Float32Array;
  /** By row; absent: all 1. */
  readonly weights: Float32Array | undefined;
}

/** What a learner starts from. */
export interface LearnerInput {
  readonly architecture: Architecture;
  /** Copied: the learner moves numbers of its own. */
  readonly initial: Parameters;
  readonly train: WeightedRows;
  /** Rows of the largest step. */
  readonly batch: number;
  /** Penalty on squared kernel weights. */
  readonly l2: number;
  /** Of AdamW (Loshchilov and Hutter 2019): each step takes this times the learning rate off every kernel weight; default 0. */
  readonly decay?: number;
  /** Steps that the weights, and running statistics, are averaged over; default: those of the last step alone. */
  readonly averagedSteps?: number | undefined;
  /** Draws the masks of dropout. */
  readonly dropout: Random;
}

/** A dense network that learns by Adam; where weights are averaged, the average is what is judged and read. */
export interface Learner {
  /**
   * One step on a mini-batch of the training rows.
   *
   * @param batch indices of its rows.
   * @returns the sum of the rows' weighted losses, each with the penalty. Where it is not finite nothing was moved.
   */
  step(batch: Uint32Array, learningRate: number): number;
  /** The mean loss without penalty, nothing dropped, running statistics. */
  meanLoss(examples: WeightedRows): number;
  /** Copies the network's numbers into parameters of the same shape. */
  read(out: Parameters): void;
  /** Takes over the numbers of parameters of the same shape; they are the average too. */
  write(from: Parameters): void;
}

/** What computes: the seam between the training loops and the engines behind them. */
export interface DenseEngine {
  readonly product: MatrixProduct;
  createLearner(input: LearnerInput): Learner;
}
