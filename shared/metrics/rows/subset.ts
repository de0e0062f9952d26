import type { Predictions } from './predictions.ts';

/** The predictions of some of the rows, in the given order. */
export function takePredictions(p: Predictions, rows: Uint32Array): Predictions {
  const { groups } = p;
  const grouped = groups ? { groups: Array.from(rows, (row) => groups[row]!) } : {};
  if (p.task === 'regression') {
    return {
      task: 'regression',
      ...grouped,
      actual: Float64Array.from(rows, (row) => p.actual[row]!),
      predicted: Float64Array.from(rows, (row) => p.predicted[row]!),
    };
  }
  const width = p.classes.length;
  const taken = {
    task: p.task,
    ...grouped,
    classes: p.classes,
    ...(p.positive === undefined ? {} : { positive: p.positive }),
    actual: Int32Array.from(rows, (row) => p.actual[row]!),
    predicted: Int32Array.from(rows, (row) => p.predicted[row]!),
  };
  if (!p.probabilities) return taken;
  const probabilities = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    probabilities.set(p.probabilities.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width);
  }
  return { ...taken, probabilities };
}
