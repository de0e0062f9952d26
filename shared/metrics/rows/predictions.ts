/** Predictions of a regression; equal lengths. */
export interface RegressionPredictions {
  readonly task: 'regression';
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
}

/** Predictions of a classifier. */
export interface ClassificationPredictions {
  readonly task: 'binary' | 'multiclass';
  /** Labels; of a binary task the second is the positive class. */
  readonly classes: readonly string[];
  /** Index of the true class, by row. */
  readonly actual: Int32Array;
  /** Index of the predicted class, by row. */
  readonly predicted: Int32Array;
  /** Row-major rows × classes; absent when a framework gave labels only (then log-loss and the like are undefined). */
  readonly probabilities?: Float64Array;
}

export type Predictions = RegressionPredictions | ClassificationPredictions;
