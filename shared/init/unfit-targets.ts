// Columns that cannot be predicted, each with the reason: a name that says "target" must not be passed over in silence.
import { identifierKind } from '../dataset/identity/identifiers.ts';
import { classLimit } from '../dataset/schema/target-checks.ts';
import { countDistinct } from '../dataset/statistics/distinct-count.ts';
import { countMissing } from '../dataset/table/missing-rows.ts';
import type { Column } from '../dataset/table/table.ts';
import { counted } from '../text/counts.ts';
import type { FirstLook } from './first-look.ts';
import { nameEvidence } from './target-names.ts';
import { taskOf } from './target-task.ts';

/** A column that cannot be the target, and why, as the end of a sentence: `has one value only`. */
export interface UnfitTarget {
  readonly column: string;
  readonly why: string;
  /** Nothing can be learnt of it whatever it is taken for: one value, or none. */
  readonly constant: boolean;
}

/** All columns that cannot be the target, in the order of the source; those that cannot be read last. */
export function unfitTargets({ table, unreadable }: FirstLook): UnfitTarget[] {
  const found = [...table.columns].flatMap(([name, column]): UnfitTarget[] => {
    const constant = constantWhy(column, table.rows);
    const why = constant ?? whyUnfit(name, column);
    return why === undefined ? [] : [{ column: name, why, constant: constant !== undefined }];
  });
  const unread = unreadable.map(({ column, why }) => ({
    column,
    why: `cannot be read: ${why}`,
    constant: false,
  }));
  return [...found, ...unread];
}

/** Those whose names speak more for them than that of the column that is predicted instead. */
export function passedOver(look: FirstLook, target: string): UnfitTarget[] {
  const names = [...look.table.columns.keys(), ...look.unreadable.map(({ column }) => column)];
  const least = Math.max(0, nameEvidence(target, names).points);
  return unfitTargets(look).filter(({ column }) => nameEvidence(column, names).points > least);
}

function constantWhy(column: Column, rows: number): string | undefined {
  if (countMissing(column) === rows) return 'has no value in any row';
  return countDistinct(column) === 1 ? 'has the same value in all rows' : undefined;
}

function whyUnfit(name: string, column: Column): string | undefined {
  const kind = identifierKind(name, column);
  if (kind === 'row-number') return 'numbers the rows';
  if (kind === 'identifier') return 'has another value in nearly every row';
  if (column.type === 'date') return 'is a date';
  if (taskOf(name, column) !== undefined) return undefined;
  return `has ${counted(countDistinct(column), 'different label')}, and at most ${classLimit} can be told apart`;
}
