import { counted, formatCount } from '../../text/counts.ts';
import type { DividedRows } from '../split/divided-rows.ts';
import { onlyTrains } from '../split/fold-plan.ts';
import type { QualityReport } from './quality-report.ts';

/** What the kept rows are for. */
export type RowUse = Pick<QualityReport['rows'], 'train' | 'validation' | 'test' | 'folds'>;

/** How many rows train, choose and judge. */
export function rowUse(divided: DividedRows): RowUse {
  if (divided.kind === 'folds') {
    const { rows, count } = divided;
    const folds = new Array<number>(count).fill(0);
    for (const fold of rows.folds) if (fold !== onlyTrains) folds[fold]!++;
    return { train: rows.table.rows, validation: 0, test: folds.reduce((sum, n) => sum + n, 0), folds };
  }
  const { train, validation, test } = divided.splits;
  return { train: train.table.rows, validation: validation.table.rows, test: test.table.rows };
}

/**
 * What becomes of the kept rows, in words.
 *
 * @example `398 rows in 5 folds: each is predicted by a model that has not seen it`
 */
export function rowUseWords({ train, validation, test, folds }: RowUse): string {
  if (folds === undefined) {
    return `${formatCount(train)} to train on, ${formatCount(validation)} to choose by, ${formatCount(test)} kept unseen for the test`;
  }
  const predicted = `${counted(test, 'row')} in ${folds.length} folds: each is predicted by a model that has not seen it`;
  return train === test ? predicted : `${predicted}; ${counted(train - test, 'older row')} only to train on`;
}
