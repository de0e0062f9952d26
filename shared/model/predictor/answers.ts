import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { PredictedColumns, Prediction } from './predictions.ts';

/** Turns an engine's outputs into predictions. */
export interface Answers {
  ofTable(values: Float32Array | Float64Array, rows: number): PredictedColumns;
  ofRecord(output: Float32Array | Float64Array): Prediction;
}

/** @param threshold of a binary task: above which probability the second class is the answer; default 0.5. */
export function answersOf(
  { task, classes = [], positive }: Pick<DatasetSchema, 'task' | 'classes' | 'positive'>,
  threshold = 0.5,
): Answers {
  if (task === 'regression') {
    return {
      ofTable: (values) => ({ task, predicted: Float64Array.from(values) }),
      ofRecord: (output) => ({ value: output[0]! }),
    };
  }
  const known = { task, classes, threshold };
  return {
    ofTable: (values, rows) => ({
      ...classified(values, rows, known),
      ...(positive === undefined ? {} : { positive }),
    }),
    ofRecord(output) {
      const { predicted, probabilities } = classified(output, 1, known);
      const entries = classes.map((label, k) => [label, probabilities[k]!]);
      return { label: classes[predicted[0]!]!, probabilities: Object.fromEntries(entries) };
    },
  };
}

/**
 * The most probable class by row (the first of equals) and every class's probability. Of a binary task the engine gives
 * that of the second class, whichever is the positive one, and the threshold decides.
 */
function classified(
  values: Float32Array | Float64Array,
  rows: number,
  {
    task,
    classes,
    threshold,
  }: {
    readonly task: 'binary' | 'multiclass';
    readonly classes: readonly string[];
    readonly threshold: number;
  },
) {
  const width = classes.length;
  const predicted = new Int32Array(rows);
  const probabilities = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    if (task === 'binary') {
      const second = values[row]!;
      probabilities[start] = 1 - second;
      probabilities[start + 1] = second;
      predicted[row] = second > threshold ? 1 : 0;
      continue;
    }
    let best = 0;
    for (let k = 0; k < width; k++) {
      probabilities[start + k] = values[start + k]!;
      if (values[start + k]! > values[start + best]!) best = k;
    }
    predicted[row] = best;
  }
  return { task, classes, predicted, probabilities };
}
