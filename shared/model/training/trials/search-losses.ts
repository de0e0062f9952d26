// What settings of a search are compared by: what a model's answers cost, row by row.

import { logarithm } from '../../../algebra/exponential.ts';
import type { Config } from '../../../config/sections/schema.ts';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { defaultPrimary } from '../../../metrics/descriptors/descriptors.ts';
import type { PredictedColumns } from '../../predictor/predictions.ts';
import { commonWeights } from '../candidates/class-weights.ts';
import type { NamedCandidate } from '../candidates/named-candidates.ts';
import type { Targets } from '../data/targets.ts';
import type { JudgedRows } from '../folds/fold-rows.ts';

/** The least probability that a log-loss is made of, as the metric has it. */
const leastChance = 2 ** -52;

/** Which loss it is. */
export type SearchLoss = 'squared error' | 'absolute error' | 'log-loss';

/** The loss that settings are compared by: what blends lower; the absolute error where that is the primary metric. */
export function searchLossOf({ task }: Pick<DatasetSchema, 'task'>, { validate }: Config): SearchLoss {
  if (task !== 'regression') return 'log-loss';
  const primary = validate.primary ?? defaultPrimary(task);
  return primary === 'mae' ? 'absolute error' : 'squared error';
}

/** What predictions cost, by judged row; NaN of a row that they say nothing of. */
export type RowLosses = (predicted: PredictedColumns, places?: Uint32Array) => Float64Array;

/** How a candidate is judged. */
export interface Judgement {
  /** @param places of the predictions among the judged rows; absent: of all. */
  readonly lossesOf: RowLosses;
  /** How much each row counts, which is in its loss; absent: 1. */
  readonly weights: Float64Array | undefined;
}

/** How a candidate's predictions are judged: rows count as its own loss weighs their classes. */
export function judgementOf(
  candidate: NamedCandidate,
  { targets, folds, schema }: JudgedRows,
  loss: SearchLoss,
): Judgement {
  const weights = commonWeights([candidate], targets, schema);
  return {
    weights,
    lossesOf(predicted, places) {
      const losses = new Float64Array(folds.length).fill(Number.NaN);
      const total = places?.length ?? folds.length;
      for (let at = 0; at < total; at++) {
        const row = places?.[at] ?? at;
        losses[row] = (weights?.[row] ?? 1) * lossOfRow({ predicted, at }, targets, row, loss);
      }
      return losses;
    },
  };
}

/** What an answer costs. @param answer the predictions, and the place of the row's among them. */
export function lossOfRow(
  { predicted, at }: { readonly predicted: PredictedColumns; readonly at: number },
  targets: Targets,
  row: number,
  loss: SearchLoss,
): number {
  if (predicted.task === 'regression') {
    if (targets.kind !== 'numbers') throw new TypeError('a regression has no classes');
    const error = predicted.predicted[at]! - targets.values[row]!;
    return loss === 'absolute error' ? Math.abs(error) : error * error;
  }
  if (targets.kind !== 'classes') throw new TypeError('a classifier has no numbers');
  const chance = predicted.probabilities[at * predicted.classes.length + targets.codes[row]!]!;
  return -logarithm(Math.min(1, Math.max(leastChance, chance)));
}

/** A summed loss in the units of its metric: the root of a mean squared error. */
export function lossInUnits(sum: number, rows: number, loss: SearchLoss): number {
  const mean = sum / rows;
  return loss === 'squared error' ? Math.sqrt(mean) : mean;
}
