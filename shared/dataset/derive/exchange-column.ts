import type { Column, Table } from '../table/table.ts';
import { deriveColumns } from './derive.ts';
import type { DerivedColumn, DerivePlan } from './derive-plan.ts';

/** Gives one column of a table other values; a column that had others before has its own again. */
export type ColumnExchange = (name: string, column: Column) => void;

/** The derived columns that are made of a column, also by way of others, in the plan's order. */
export function derivedFrom(name: string, { slots, derived }: DerivePlan): DerivedColumn[] {
  if (derived.length === 0) return [];
  const changed = new Set([slots.findIndex((slot) => slot.name === name)]);
  return derived.filter(({ reads, slot }) => {
    const isChanged = reads.some((read) => changed.has(read));
    if (isChanged) changed.add(slot);
    return isChanged;
  });
}

/**
 * Exchanges columns of a table in what has been made of it, where making all of it again would take as many times longer
 * as there are columns.
 *
 * @param write writes what is made of one column, of the table or derived, again: from a table that has this column.
 */
export function createExchange(
  table: Table,
  plan: DerivePlan,
  write: (name: string, from: Table) => void,
): ColumnExchange {
  const { rows } = table;
  const complete = deriveColumns(table, plan);
  let exchanged: string | undefined;

  const writeAll = (name: string, from: Table): void => {
    write(name, from);
    for (const derived of derivedFrom(name, plan)) write(derived.name, from);
  };
  const withColumn = (name: string, column: Column): Table => {
    const derived = derivedFrom(name, plan);
    if (derived.length === 0) return { rows, columns: new Map([[name, column]]) };
    const columns = new Map(complete.columns).set(name, column);
    return deriveColumns({ rows, columns }, { slots: plan.slots, derived });
  };
  return (name, column) => {
    if (exchanged !== undefined && exchanged !== name) writeAll(exchanged, complete);
    writeAll(name, withColumn(name, column));
    exchanged = name;
  };
}
