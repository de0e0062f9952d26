import type { Config } from '../config/sections/schema.ts';
import type { Table } from '../dataset/table/table.ts';
import { yearsOf } from '../dataset/time/year-column.ts';
import type { Finding } from './findings.ts';

/** Columns that may be years, and which nothing is proposed for: only a person knows whether they are when a row happened. */
export function yearNotes(table: Table, { target }: Pick<Config, 'target'>): Finding[] {
  return [...table.columns].flatMap(([name, column]): Finding[] => {
    const years = name === target ? undefined : yearsOf(name, column);
    if (years === undefined) return [];
    const order = years.by === 'ordered' ? ', in the order of the rows' : '';
    const message = `${name} looks like years (whole numbers from ${years.first} to ${years.last}${order}): if that is when a row happened, --time ${name} says so`;
    return [{ kind: 'years', column: name, message }];
  });
}
