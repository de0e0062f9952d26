interface OfRows {
  /** By row, the value that rows which lie together share; absent where rows are independent. */
  readonly groups?: readonly string[] | undefined;
}

/** Predictions of a regression; equal lengths. */
export interface RegressionPredictions extends OfRows {
  readonly task: 'regression';
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
}

/** Predictions of a classifier. */
export interface ClassificationPredictions extends OfRows {
  readonly task: 'binary' | 'multiclass';
  /** Labels. */
  readonly classes: readonly string[];
  /** Of a binary task the class that matters; where nobody says which it is, the second. */
  readonly positive?: string | undefined;
  /** Index of the true class, by row. */
  readonly actual: Int32Array;
  /** Index of the predicted class, by row. */
  readonly predicted: Int32Array;
  /** Row-major rows × classes; absent when a framework gave labels only (then log-loss and the like are undefined). */
  readonly probabilities?: Float64Array;
}

export type Predictions = RegressionPredictions | ClassificationPredictions;
