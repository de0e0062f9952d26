import type { ConfusionMatrix } from '../rows/confusion.ts';

/** A score of one class, from the rows that have it, are given it, and both. */
export type ClassScore = (both: number, predicted: number, actual: number) => number;

/** Of the rows given the class, the share that has it; 0 when no row is given it, as scikit-learn's zero_division=0. */
export const precisionOf: ClassScore = (both, predicted) => (predicted === 0 ? 0 : both / predicted);

/** Of the rows that have the class, the share that is given it; 0 when no row has it. */
export const recallOf: ClassScore = (both, _predicted, actual) => (actual === 0 ? 0 : both / actual);

/** The harmonic mean of precision and recall: 2 · both / (predicted + actual). */
export const f1Of: ClassScore = (both, predicted, actual) =>
  predicted + actual === 0 ? 0 : (2 * both) / (predicted + actual);

/**
 * The mean of a score over the classes that occur, as actual or as predicted, each counting the same: scikit-learn's
 * `average="macro"` with its default labels.
 */
export function macroMean(matrix: ConfusionMatrix, score: ClassScore): number {
  let sum = 0;
  let classes = 0;
  for (let k = 0; k < matrix.size; k++) {
    const actual = matrix.actual[k]!;
    const predicted = matrix.predicted[k]!;
    if (actual + predicted === 0) continue;
    sum += score(matrix.cells[k * matrix.size + k]!, predicted, actual);
    classes++;
  }
  return sum / classes;
}

/** The mean of a score over the classes, each counting by its actual rows: scikit-learn's `average="weighted"`. */
export function weightedBySize(matrix: ConfusionMatrix, score: ClassScore): number {
  let sum = 0;
  for (let k = 0; k < matrix.size; k++) {
    const actual = matrix.actual[k]!;
    sum += actual * score(matrix.cells[k * matrix.size + k]!, matrix.predicted[k]!, actual);
  }
  return sum / matrix.total;
}
