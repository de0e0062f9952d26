// Folds of rows that no model has learned from: only weights of a blend are found in them, for each fold by the others.
import { hashRows } from '../../../dataset/identity/row-hash.ts';
import { keyWords } from '../../../dataset/identity/row-id.ts';
import { stratifiedFolds } from '../../../dataset/split/stratified-folds.ts';
import type { Table } from '../../../dataset/table/table.ts';
import type { Targets } from '../data/targets.ts';
import type { InnerDivision } from '../data/training-input.ts';

/** Rows to be put into folds, and what says which of them stay together. */
export interface RowsOfWeights {
  readonly table: Table;
  /** With the ids of these rows alone. */
  readonly division: InnerDivision | undefined;
  readonly seed: number;
  readonly targets: Targets;
}

/** How many there are at most. */
const mostFolds = 5;

/**
 * Five folds, or as many as there are rows or groups that stay together.
 *
 * @returns undefined where there are not even two: nothing is left to find weights on.
 */
export function weightFolds({
  table,
  division,
  seed,
  targets,
}: RowsOfWeights): { readonly folds: Uint8Array; readonly count: number } | undefined {
  const words = wordsOf(table, division);
  const count = Math.min(mostFolds, new Set(words).size);
  if (count < 2) return undefined;
  return { folds: stratifiedFolds({ words, seed, target: targets }, count), count };
}

/** By row what says which rows stay together: its group, else its key; where neither is known its place. */
export function wordsOf(table: Table, division: InnerDivision | undefined): Uint32Array {
  if (!division) return Uint32Array.from({ length: table.rows }, (_, row) => row);
  return division.group === undefined ? keyWords(division.ids) : hashRows(table, [division.group]).high;
}

/** What divides the rows from one place on. */
export function divisionFrom(division: InnerDivision | undefined, first: number): InnerDivision | undefined {
  return division && { ...division, ids: division.ids.subarray(first) };
}
