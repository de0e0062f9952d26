import { mean } from '../../algebra/descriptive-statistics.ts';
import { positiveCode } from '../../dataset/schema/positive-class.ts';
import { type Column, columnLength, valueAt } from '../../dataset/table/table.ts';
import type { Predictions } from './predictions.ts';

/**
 * What the naive model says of the rows of `like`: the training rows' mean, or their most frequent label (of equally
 * frequent ones the first class) with the labels' shares as probabilities: scikit-learn's `DummyRegressor` and
 * `DummyClassifier(strategy="prior")`.
 *
 * @param training the target column of the training rows; rows where it is missing, or a label that `like` does not
 *   know, are left out.
 * @param threshold binary: the positive class is said where its share lies above it, in place of the most frequent label.
 * @throws RangeError when no row is left, TypeError when a regression's target is not a number column.
 */
export function naivePredictions(
  training: Column,
  like: Predictions,
  { threshold }: { readonly threshold?: number | undefined } = {},
): Predictions {
  if (like.task === 'regression') {
    const predicted = new Float64Array(like.actual.length).fill(meanOfKnown(training));
    return { task: 'regression', actual: like.actual, predicted };
  }
  const { classes, actual, positive } = like;
  const shares = sharesOf(training, classes);
  const probabilities = new Float64Array(actual.length * classes.length);
  for (let row = 0; row < actual.length; row++) probabilities.set(shares, row * classes.length);
  const frequent = shares.indexOf(Math.max(...shares));
  const code = threshold === undefined ? undefined : positiveCode(like);
  const said = code === undefined ? frequent : shares[code]! > threshold! ? code : 1 - code;
  const predicted = new Int32Array(actual.length).fill(said);
  return {
    task: like.task,
    classes,
    ...(positive === undefined ? {} : { positive }),
    actual,
    predicted,
    probabilities,
  };
}

/**
 * The naive model where rows are ranked: it prefers none, and says each class's mean probability of every row. The naive
 * models of folds differ a little, and by how much of a class their own fold holds: ranked together, they put a class's rows
 * below the others, and an ROC AUC of 0.46 stands where nothing was learned.
 */
export function withoutPreference(naive: Predictions): Predictions {
  if (naive.task === 'regression' || !naive.probabilities) return naive;
  const classes = naive.classes.length;
  const rows = naive.actual.length;
  const means = new Float64Array(classes);
  for (const [i, probability] of naive.probabilities.entries()) means[i % classes]! += probability / rows;
  return { ...naive, probabilities: Float64Array.from(naive.probabilities, (_, i) => means[i % classes]!) };
}

function meanOfKnown(column: Column): number {
  if (column.type !== 'number') {
    throw new TypeError(`the mean of a ${column.type} column: a regression's target is a number`);
  }
  const known = column.values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) throw nothingToLearn();
  return mean(known);
}

function sharesOf(column: Column, classes: readonly string[]): Float64Array {
  const codes = new Map(classes.map((label, code) => [label, code]));
  const counts = new Float64Array(classes.length);
  for (let row = 0; row < columnLength(column); row++) {
    const value = valueAt(column, row);
    const code = value === null ? undefined : codes.get(String(value));
    if (code !== undefined) counts[code]!++;
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) throw nothingToLearn();
  return counts.map((count) => count / total);
}

function nothingToLearn(): RangeError {
  return new RangeError('the naive baseline is made from training rows, and none has a known target');
}
