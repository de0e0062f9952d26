// What the interval of a metric is made from: the rows as its method of interval looks at them.

import type { ConfusionMatrix } from '../rows/confusion.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';
import type { MetricValue } from './metric-value.ts';

/** A metric that is a function of means over the rows: of squared errors, of losses. */
export interface MeansSampling {
  readonly kind: 'means';
  /** What is averaged, by row: one column for each mean. */
  readonly columns: readonly Float64Array[];
  /** The metric of the columns' means; NaN where it is undefined. */
  readonly of: (means: readonly number[]) => number;
  /**
   * Of a loss of probabilities: what each row would have cost had the likeliest other class happened. A sample without errors
   * holds no such row, though the next one may be one.
   */
  readonly otherwise?: Float64Array;
  /** Whether that is bounded, whatever the probability. */
  readonly bounded?: boolean;
}

/** A metric of the confusion matrix. */
export interface CellsSampling {
  readonly kind: 'cells';
  readonly rows: ClassifiedRows;
  readonly of: (matrix: ConfusionMatrix) => MetricValue;
  /** Of which rows one is imagined that the sample does not hold: one at all, or one of each actual or predicted class. */
  readonly unseen: 'one' | 'of-each-actual' | 'of-each-predicted';
}

/** A metric that is a share of counted rows, or a rising function of one. */
export interface ShareSampling extends Omit<CellsSampling, 'kind'> {
  readonly kind: 'share';
  /** Rows that count, and those of them that are hits. */
  readonly trials: (matrix: ConfusionMatrix) => { readonly hits: number; readonly rows: number };
  /** The metric at a share. */
  readonly ofShare: (share: number) => number;
}

/** A metric of the order of the rows by probability. */
export interface RanksSampling {
  readonly kind: 'ranks';
  readonly rows: ClassifiedRows;
  /** The classes whose rankings are averaged. */
  readonly codes: readonly number[];
  readonly score: RankScore;
}

/** A score of a ranking, with the rows of {@link UnseenRanks} among the others; NaN where a side has no rows. */
export type RankScore = 'area' | 'precision';

/** The median of the absolute errors. */
export interface MedianSampling {
  readonly kind: 'median';
  readonly errors: () => Float64Array;
  /** The same, ascending. */
  readonly sorted: () => Float64Array;
}

/** The expected calibration error: by row the probability that was said, its bin, and whether it happened. */
export interface CalibrationSampling {
  readonly kind: 'calibration';
  readonly bins: Uint8Array;
  readonly said: Float64Array;
  readonly happened: Uint8Array;
}

/** A metric of which no interval can be given. */
export interface NoSampling {
  readonly kind: 'none';
  /** Why. */
  readonly reason: string;
}

export type Sampling =
  | MeansSampling
  | CellsSampling
  | ShareSampling
  | RanksSampling
  | MedianSampling
  | CalibrationSampling
  | NoSampling;
