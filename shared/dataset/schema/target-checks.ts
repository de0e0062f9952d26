// Whether the target can be learned.
import type { Config } from '../../config/sections/schema.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { counted } from '../../text/counts.ts';
import { listNames } from '../../text/nearest-name.ts';
import { byCodePoint, categoryCounts } from '../statistics/category-counts.ts';
import { momentsOf } from '../statistics/moments.ts';
import { countMissing } from '../table/missing-rows.ts';
import { type Column, columnOf, type Table } from '../table/table.ts';
import { numberOfText } from '../values/number-text.ts';
import { categoriesOf } from './column-schema.ts';

/** Most classes of a classifier. */
export const classLimit = 100;

/**
 * The classes of a classifier, in the order of their code points.
 *
 * @throws ConfigurationError when there are fewer than two, more than the task has, or too many.
 */
export function classesOf(column: Column, config: Config): string[] {
  const { target, task } = config;
  if (column.type !== 'category')
    throw new TypeError(`the target ${target} of a classifier was not read as labels`);
  const classes = categoryCounts(column)
    .categories.map(({ value }) => value)
    .sort(byCodePoint);
  if (classes.length === 0) throw missingEverywhere(target);
  if (classes.length === 1) {
    throw new ConfigurationError(
      `target: ${quote(target)} is ${quote(classes[0])} in every row: there is nothing to learn. A classifier needs rows of at least two labels: bring rows of another, or name another target`,
    );
  }
  if (task === 'binary' && classes.length !== 2) {
    throw new ConfigurationError(
      `target: ${quote(target)} has ${classes.length} different labels (${listNames(classes, 8)}); task: binary needs exactly two. Use task: multiclass, or task: regression for a number`,
    );
  }
  if (classes.length > classLimit) {
    throw new ConfigurationError(
      `target: ${quote(target)} has ${classes.length} different labels; task: multiclass takes at most ${classLimit}${classes.every((label) => !Number.isNaN(numberOfText(label))) ? '. They are numbers: use task: regression' : ': merge rare ones, or is it the wrong column?'}`,
    );
  }
  return classes;
}

/** @throws ConfigurationError when the target of a regression is no number, or the same in every row. */
export function checkNumericTarget(column: Column, target: string): void {
  if (column.type !== 'number') {
    const labels = column.type === 'category' ? categoriesOf(column, 1).map((label) => quote(label)) : [];
    const such = labels.length > 0 ? ` (${listNames(labels, 3)})` : '';
    throw new ConfigurationError(
      `target: ${quote(target)} is a ${column.type}${such}; task: regression needs a number. For labels use task: binary or multiclass`,
    );
  }
  const { min, max } = momentsOf(column.values);
  if (min === null) throw missingEverywhere(target);
  if (min === max) {
    throw new ConfigurationError(
      `target: ${quote(target)} is ${min} in every row: there is nothing to learn. Bring rows with other values, or name another target`,
    );
  }
}

/**
 * Refuses a dataset when cleaning left no row of it, saying whether the target is to blame.
 *
 * @throws ConfigurationError when no row was kept.
 */
export function checkTarget(read: Table, kept: number, { target }: Config): void {
  if (kept > 0) return;
  if (countMissing(columnOf(read, target)) === read.rows) throw missingEverywhere(target);
  throw new ConfigurationError(
    `cleaning dropped all ${counted(read.rows, 'row')}: see range, values and missing: drop under features in ciclo.yml, and where ${quote(target)} is missing`,
  );
}

function missingEverywhere(target: string): ConfigurationError {
  return new ConfigurationError(
    `target: ${quote(target)} is missing in every row: is it the right column, and are prepare.missing-markers right?`,
  );
}
