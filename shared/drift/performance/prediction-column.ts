import { type Profile, profileTable } from '../../dataset/profile/profile.ts';
import type { ColumnProfile } from '../../dataset/profile/profile-schema.ts';
import { type ClassesOfTask, positiveClass, positiveCode } from '../../dataset/schema/positive-class.ts';
import { type Column, columnOf, type Table, tableOf } from '../../dataset/table/table.ts';

const name = 'prediction';

/** Predictions as a predictor gives them; `classes` and `probabilities` (row-major) of classifiers. */
export type Predicted =
  | { readonly task: 'regression'; readonly predicted: Float64Array }
  | {
      readonly task: 'binary' | 'multiclass';
      readonly classes: readonly string[];
      readonly positive?: string | undefined;
      readonly predicted: Int32Array;
      readonly probabilities?: Float64Array;
    };

/**
 * Predictions as the one column that drift is looked for in: a regression's values, the probability of a binary task's
 * positive class (labels would hide most moves), else the labels.
 */
export function predictionColumn(predictions: Predicted): Column {
  if (predictions.task === 'regression') return { type: 'number', values: predictions.predicted };
  const { classes, predicted, probabilities } = predictions;
  const code = positiveCode(predictions);
  if (code !== undefined && probabilities) {
    return {
      type: 'number',
      values: Float64Array.from(predicted, (_, row) => probabilities[row * 2 + code]!),
    };
  }
  return { type: 'category', codes: predicted, dictionary: classes };
}

/** The same column of predictions.arrow. @param judged the task, as evaluation.json has it. */
export function judgedPredictionColumn(table: Table, judged: ClassesOfTask): Column {
  const label = positiveClass(judged);
  return (label === undefined ? undefined : table.columns.get(`p_${label}`)) ?? columnOf(table, 'predicted');
}

/** A profile with the one column `prediction`. */
export function profilePredictions(column: Column): Profile {
  const table = tableOf([[name, column]]);
  return profileTable(table, {
    version: 1,
    task: 'regression',
    target: '',
    key: [],
    columns: [{ name, type: column.type, role: 'feature', nullable: true }],
  });
}

/** The predictions as a table of one column, to be profiled over a reference. */
export function predictionTable(column: Column): Table {
  return tableOf([[name, column]]);
}

/** The one column of a profile of predictions. */
export function predictionProfileOf({ columns }: Profile): ColumnProfile {
  return columns[0]!;
}
