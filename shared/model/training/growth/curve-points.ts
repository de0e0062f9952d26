// What the models of a learning curve cost, row by row.
import { mean } from '../../../algebra/descriptive-statistics.ts';
import type { CurvePoint } from '../../curve/doubling-gain.ts';
import type { PredictedColumns } from '../../predictor/predictions.ts';
import type { Targets } from '../data/targets.ts';
import { lossOfRow, type SearchLoss } from '../trials/search-losses.ts';

/** How a row is judged: as the loss that candidates lower counts it. */
export interface RowJudgement {
  readonly targets: Targets;
  readonly loss: SearchLoss;
  /** With a mean of 1; undefined where all rows count the same. */
  readonly weights: Float64Array | undefined;
}

/** Weights of the same proportions. */
export function withMeanOne(weights: Float64Array): Float64Array {
  const middle = mean(weights);
  return weights.map((weight) => weight / middle);
}

/** What models cost, row by row and on the whole. */
export function pointOf(
  models: readonly PredictedColumns[],
  { targets, loss, weights }: RowJudgement,
): CurvePoint {
  const rows = targets.kind === 'numbers' ? targets.values.length : targets.codes.length;
  const losses = new Float64Array(rows);
  const means = models.map((predicted) => {
    const own = Float64Array.from(
      losses,
      (_, row) => (weights?.[row] ?? 1) * lossOfRow({ predicted, at: row }, targets, row, loss),
    );
    for (let row = 0; row < rows; row++) losses[row]! += own[row]! / models.length;
    return mean(own);
  });
  return { losses, means };
}
