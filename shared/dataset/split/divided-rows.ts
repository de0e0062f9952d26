import type { FoldedTable } from './fold-plan.ts';
import type { Splits, SplitTable } from './split-table.ts';

/** Rows with a side each: training, validation, test. */
export interface HeldOutRows {
  readonly kind: 'hold-out';
  readonly splits: Splits;
  /** Test rows that filters on features dropped: champion and challenger must face them all the same. */
  readonly filteredTest: SplitTable;
}

/** Rows with a fold each: every one is predicted by a model that has not seen its fold. */
export interface FoldedRows {
  readonly kind: 'folds';
  readonly rows: FoldedTable;
  /** Rows that filters on features dropped, in their folds. */
  readonly filtered: FoldedTable;
  /** How many folds there are. */
  readonly count: number;
  /** By time: after which time (number, or milliseconds since 1970) each fold begins. */
  readonly edges?: readonly number[];
}

/** A dataset's rows as they are divided. */
export type DividedRows = HeldOutRows | FoldedRows;

/** The rows that the deployed model learns from: the training side, or all rows in folds. */
export function trainingRows(divided: DividedRows): SplitTable {
  return divided.kind === 'folds' ? divided.rows : divided.splits.train;
}

/**
 * Rows with sides, for code that knows no folds.
 *
 * @throws RangeError when the rows are in folds.
 */
export function heldOutRows<Rows extends DividedRows>(divided: Rows): Extract<Rows, { kind: 'hold-out' }> {
  if (divided.kind === 'hold-out') return divided as Extract<Rows, { kind: 'hold-out' }>;
  throw new RangeError(`the rows are in ${divided.count} folds, and have no sides`);
}
