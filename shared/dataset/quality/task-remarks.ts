import { formatCount } from '../../text/counts.ts';
import { type Column, columnOf } from '../table/table.ts';
import { numberOfText } from '../values/number-text.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import type { QualityRemark } from './quality-report.ts';

/** Of fewer rows two values may be chance. */
const fewestRows = 50;
/** More classes that are numbers are mostly amounts. */
const mostNumberedClasses = 50;

/** A target whose values look like those of another task: two numbers of a regression, many numbers as classes. */
export function taskRemarks({ table, schema }: CheckedDataset): QualityRemark[] {
  const { task, target, classes = [] } = schema;
  const remark = (message: string): QualityRemark[] => [{ column: target, kind: 'task', message }];
  if (task === 'regression') {
    if (table.rows < fewestRows || !hasTwoValues(columnOf(table, target))) return [];
    return remark(
      `${target} has only two different values, and task: regression takes it for an amount: if these are two kinds, task: binary predicts how probable each is`,
    );
  }
  if (
    classes.length <= mostNumberedClasses ||
    !classes.every((label) => !Number.isNaN(numberOfText(label)))
  ) {
    return [];
  }
  return remark(
    `${target} has ${formatCount(classes.length)} different numbers, and task: ${task} takes each for a kind of its own: if they are amounts, task: regression knows that 3 lies between 2 and 4`,
  );
}

function hasTwoValues(column: Column): boolean {
  if (column.type !== 'number') return false;
  const distinct = new Set<number>();
  for (const value of column.values) {
    if (!Number.isNaN(value)) distinct.add(value);
    if (distinct.size > 2) return false;
  }
  return distinct.size === 2;
}
