import type { PredictedColumns } from '../../predictor/predictions.ts';
import type { Targets } from '../data/targets.ts';

/** The predictions of some rows, in the order of `rows`. */
export function pickPredictions(predicted: PredictedColumns, rows: Uint32Array): PredictedColumns {
  if (predicted.task === 'regression') {
    return { ...predicted, predicted: Float64Array.from(rows, (row) => predicted.predicted[row]!) };
  }
  const width = predicted.classes.length;
  const probabilities = new Float64Array(rows.length * width);
  for (const [at, row] of rows.entries()) {
    probabilities.set(predicted.probabilities.subarray(row * width, (row + 1) * width), at * width);
  }
  return {
    ...predicted,
    predicted: Int32Array.from(rows, (row) => predicted.predicted[row]!),
    probabilities,
  };
}

/** The targets of some rows, in the order of `rows`. */
export function pickTargets(targets: Targets, rows: Uint32Array): Targets {
  return targets.kind === 'numbers'
    ? { ...targets, values: Float64Array.from(rows, (row) => targets.values[row]!) }
    : { ...targets, codes: Int32Array.from(rows, (row) => targets.codes[row]!) };
}

/** Predictions of some rows, and where they belong. */
export interface PlacedPredictions {
  readonly predicted: PredictedColumns;
  /** By prediction, its row. */
  readonly rows: Uint32Array;
}

/** Puts the predictions of several models together. @param parts at least one; they cover rows 0 … rows - 1. */
export function placePredictions(parts: readonly PlacedPredictions[], rows: number): PredictedColumns {
  const [{ predicted: first }] = parts as [PlacedPredictions, ...PlacedPredictions[]];
  if (first.task === 'regression') {
    const values = new Float64Array(rows);
    for (const part of parts) {
      for (const [at, row] of part.rows.entries()) values[row] = part.predicted.predicted[at]!;
    }
    return { task: 'regression', predicted: values };
  }
  const width = first.classes.length;
  const codes = new Int32Array(rows);
  const probabilities = new Float64Array(rows * width);
  for (const { predicted, rows: places } of parts) {
    if (predicted.task === 'regression')
      throw new TypeError('models of one task answer with classes and numbers');
    for (const [at, row] of places.entries()) {
      codes[row] = predicted.predicted[at]!;
      probabilities.set(predicted.probabilities.subarray(at * width, (at + 1) * width), row * width);
    }
  }
  return { ...first, predicted: codes, probabilities };
}
