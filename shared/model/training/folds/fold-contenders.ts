// What is judged on the rows of folds: candidates, and their blend.
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { blendFolds, type FoldBlend } from '../../ensemble/blend-folds.ts';
import { blended, type PartPredictions } from '../../ensemble/blend-weights.ts';
import { answersOf } from '../../predictor/answers.ts';
import type { PredictedColumns } from '../../predictor/predictions.ts';
import { pickPredictions, pickTargets } from '../choice/picked-predictions.ts';
import type { Targets } from '../data/targets.ts';

/** What a contender says of some rows, none of them by what has learned from it. */
export interface AmongRows {
  readonly predicted: PredictedColumns;
  /** Of a blend, by part: found on all of these rows, those of its model elsewhere. */
  readonly weights?: readonly number[];
}

/** A candidate or a blend, judged on out-of-fold predictions. */
export interface FoldContender {
  /** Whether it may be chosen; another is only told what it would score. */
  readonly eligible: boolean;
  /** @param rows places among the judged rows: nothing is known of the others. */
  among(rows: Uint32Array): AmongRows;
}

/** A candidate. @param predicted of all judged rows. */
export function candidateContender(predicted: PredictedColumns, eligible = true): FoldContender {
  return { eligible, among: (rows) => ({ predicted: pickPredictions(predicted, rows) }) };
}

/**
 * A blend of candidates. Among some rows each fold's are blended by weights that come from the other folds among them.
 *
 * @param parts of all judged rows.
 */
export function blendContender(
  parts: readonly PredictedColumns[],
  {
    schema,
    targets,
    folds,
    rowWeights,
  }: {
    readonly schema: DatasetSchema;
    readonly targets: Targets;
    readonly folds: Uint8Array;
    /** How much each row counts where weights are found; absent: all the same. */
    readonly rowWeights?: Float64Array | undefined;
  },
  eligible = true,
): FoldContender {
  return {
    eligible,
    among(rows) {
      const own = parts.map((part) => valuesOf(pickPredictions(part, rows)));
      const blend: FoldBlend = blendFolds(
        own,
        Uint8Array.from(rows, (row) => folds[row]!),
        pickTargets(targets, rows),
        rowWeights && Float64Array.from(rows, (row) => rowWeights[row]!),
      );
      return { predicted: predictedOf(blend.predictions, schema), weights: blend.weights };
    },
  };
}

/** Predictions as blends are made of: a number a row, or every class's probability. */
export function valuesOf(predicted: PredictedColumns): Float64Array {
  return predicted.task === 'regression' ? predicted.predicted : predicted.probabilities;
}

/** The reverse of {@link valuesOf}; two classes are told apart at 0.5. */
export function predictedOf(values: Float64Array, schema: DatasetSchema): PredictedColumns {
  const { task, classes = [] } = schema;
  if (task === 'regression') return answersOf(schema).ofTable(values, values.length);
  const rows = values.length / classes.length;
  // Weights and probabilities add up to 1 but for rounding.
  const chances = values.map((chance) => Math.min(1, chance));
  if (task === 'multiclass') return answersOf(schema).ofTable(chances, rows);
  return answersOf(schema).ofTable(
    Float64Array.from({ length: rows }, (_, row) => chances[2 * row + 1]!),
    rows,
  );
}

/** The blend of parts' predictions of the same rows. */
export function blendedColumns(
  parts: readonly PredictedColumns[],
  weights: readonly number[],
  schema: DatasetSchema,
): PredictedColumns {
  const values: PartPredictions = parts.map(valuesOf);
  return predictedOf(blended(values, weights), schema);
}
