import type { Evaluation } from '../evaluation/evaluation.ts';

/** Inputs a row, and by what the standard error of a difference is multiplied there. */
const table: readonly (readonly [ratio: number, factor: number])[] = [
  [0, 1],
  [0.02, 1.03],
  [0.05, 1.11],
  [0.13, 1.2],
  [0.25, 1.32],
  [0.33, 1.39],
];

/** From so many inputs a row on, nothing is promised of an interval of a difference out-of-fold. */
export const mostInputsPerRow = 0.25;

/**
 * By what the interval of a difference between two models that were judged out-of-fold is lengthened: their rows were
 * predicted by models that were fitted on each other's rows, so that the errors are not independent, and a bootstrap over rows
 * is too short (79 to 94% for 95%). The true value is the difference of the procedures' expected errors at (K − 1)/K of the
 * rows. Tabled by simulation over inputs a row (`benchmarks/coverage/folds.ts`), in between by straight lines.
 *
 * @param ratio inputs a row: numbers that a model computes with, divided by the judged rows.
 */
export function outOfFoldFactor(ratio: number): number {
  const next = table.findIndex(([from]) => from >= ratio);
  if (next === -1) return table.at(-1)![1];
  const [to, high] = table[next]!;
  if (next === 0) return high;
  const [from, low] = table[next - 1]!;
  return low + ((high - low) * (ratio - from)) / (to - from);
}

/** What evaluation.json says of rows that were predicted out-of-fold. @param rows that were predicted by the folds' models. */
export function outOfFoldOf({
  count,
  inputs,
  rows,
}: {
  readonly count: number;
  readonly inputs: number;
  readonly rows: number;
}): NonNullable<Evaluation['outOfFold']> {
  const inputsPerRow = inputs / rows;
  return {
    folds: count,
    inputsPerRow,
    factor: outOfFoldFactor(inputsPerRow),
    promised: inputsPerRow <= mostInputsPerRow,
  };
}
