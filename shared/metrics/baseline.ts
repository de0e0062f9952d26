import type { Column } from '../dataset/table.ts';
import type { Predictions } from './predictions.ts';

/**
 * What the naive model says of the rows of `like`: the training rows' mean, or their most frequent label with the
 * labels' frequencies as probabilities (scikit-learn's `DummyRegressor` and `DummyClassifier(strategy="prior")`).
 *
 * @param training the target column of the training rows.
 */
export function naivePredictions(training: Column, like: Predictions): Predictions {
  if (like.task === 'regression') {
    return {
      task: 'regression',
      actual: like.actual,
      predicted: new Float64Array(like.actual.length).fill(meanOf(training)),
    };
  }
  const { classes, actual } = like;
  const shares = classShares(training, classes);
  const majority = shares.indexOf(Math.max(...shares));
  const probabilities = new Float64Array(actual.length * classes.length);
  for (let row = 0; row < actual.length; row++) probabilities.set(shares, row * classes.length);
  return {
    task: like.task,
    classes,
    actual,
    predicted: new Int32Array(actual.length).fill(majority),
    probabilities,
  };
}

function meanOf(column: Column): number {
  if (column.type !== 'number')
    throw new TypeError(`the mean of a ${column.type} column: a regression's target is a number`);
  let sum = 0;
  let count = 0;
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

function classShares(column: Column, classes: readonly string[]): number[] {
  if (column.type !== 'category')
    throw new TypeError(`labels in a ${column.type} column: a classifier's target is a category`);
  const code = new Map(classes.map((label, index) => [label, index]));
  const counts = new Array<number>(classes.length).fill(0);
  let total = 0;
  for (const entry of column.codes) {
    const index = entry < 0 ? undefined : code.get(column.dictionary[entry]!);
    if (index === undefined) continue;
    counts[index]!++;
    total++;
  }
  return counts.map((count) => count / total);
}
