import { classLimit } from '../dataset/schema/target-checks.ts';
import { categoryCounts } from '../dataset/statistics/category-counts.ts';
import type { Column } from '../dataset/table/table.ts';
import type { Task } from '../metrics/descriptors/descriptor.ts';
import { counted } from '../text/counts.ts';
import { nameWords } from '../text/name-words.ts';
import { listNames } from '../text/nearest-name.ts';
import type { Reasoned } from './proposal.ts';

/** Whole numbers of so few different values may be the numbers of classes. */
const mostNumberedClasses = 12;
/** What columns of class numbers are called. */
const classWords = new Set([
  'target',
  'class',
  'label',
  'species',
  'category',
  'type',
  'kind',
  'y',
  'cultivar',
]);

/**
 * The task that a column would make as the target: two values are a binary task, several labels a multiclass one, numbers a
 * regression. Few whole numbers from 0 or 1 on are classes where the column is called so.
 *
 * @returns undefined for a column that cannot be a target: dates, one value only, more labels than a task takes.
 * @example taskOf('survived', { type: 'number', values: Float64Array.of(0, 1, 1) })?.value // 'binary'
 */
export function taskOf(name: string, column: Column): Reasoned<Task> | undefined {
  switch (column.type) {
    case 'date':
      return undefined;
    case 'boolean':
      return column.values.includes(0) && column.values.includes(1)
        ? { value: 'binary', why: 'is true or false' }
        : undefined;
    case 'category':
      return labelTask(column);
    case 'number':
      return numberTask(name, column.values);
  }
}

/** Whether a column holds few different whole numbers, which may be amounts or numbers of classes. */
export function isNumbered(column: Column): boolean {
  if (column.type !== 'number') return false;
  const distinct = new Set<number>();
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return false;
    distinct.add(value);
    if (distinct.size > mostNumberedClasses) return false;
  }
  return true;
}

function labelTask(column: Column & { type: 'category' }): Reasoned<Task> | undefined {
  const labels = categoryCounts(column).categories.map(({ value }) => value);
  if (labels.length < 2 || labels.length > classLimit) return undefined;
  return labels.length === 2
    ? { value: 'binary', why: `is ${labels[0]} or ${labels[1]}` }
    : { value: 'multiclass', why: `has ${counted(labels.length, 'label')}: ${listNames(labels, 4)}` };
}

function numberTask(name: string, values: Float64Array): Reasoned<Task> | undefined {
  const distinct = new Set<number>();
  for (const value of values) {
    if (!Number.isNaN(value)) distinct.add(value);
    if (distinct.size > mostNumberedClasses) return { value: 'regression', why: 'is a number' };
  }
  const sorted = [...distinct].sort((a, b) => a - b);
  if (sorted.length < 2) return undefined;
  if (sorted.length === 2) return { value: 'binary', why: `is ${sorted[0]} or ${sorted[1]}` };
  const numbered =
    (sorted[0] === 0 || sorted[0] === 1) && sorted.every((value, i) => value === sorted[0]! + i);
  if (numbered && nameWords(name).some((word) => classWords.has(word))) {
    return {
      value: 'multiclass',
      why: `numbers ${counted(sorted.length, 'class', 'classes')}, ${sorted[0]} to ${sorted.at(-1)}`,
    };
  }
  return { value: 'regression', why: 'is a number' };
}
