import type { Table } from '../../../shared/dataset/table/table.ts';
import {
  type BothTables,
  type ByNature,
  differentByNature,
} from '../../../shared/drift/different-by-nature.ts';
import { ConfigurationError, quote } from '../../../shared/platform/errors.ts';

/** What columns are said to be, and the file that has them. */
export interface NamedColumns {
  /** Path or glob: CSV, JSON, NDJSON, Parquet or Arrow. */
  readonly reference: string;
  /** Columns that are not compared. */
  readonly exclude?: readonly string[];
  /** Columns that are compared even if they number the rows, identify them or say when they were. */
  readonly include?: readonly string[];
  /** Column of the event time, by which rows follow each other; it is not compared. Default: the order of the files. */
  readonly time?: string;
  /** Column of the group whose rows belong together; it is not compared. */
  readonly group?: string;
}

/** Columns that somebody has said not to compare: left out by name, or what the others are ordered or grouped by. */
export function excludedColumns({ exclude = [], time, group }: NamedColumns): string[] {
  return [...exclude, ...[time, group].filter((name) => name !== undefined)];
}

/** @throws ConfigurationError when a flag names a column that is not there, or one is to be both in and out. */
export function checkFlags(inputs: NamedColumns, { columns }: Table): void {
  const { reference, exclude = [], include = [], time, group } = inputs;
  const named = {
    exclude,
    include,
    time: time === undefined ? [] : [time],
    group: group === undefined ? [] : [group],
  };
  const names = [...columns.keys()];
  for (const [flag, wanted] of Object.entries(named)) {
    const unknown = wanted.filter((name) => !columns.has(name));
    if (unknown.length === 0) continue;
    throw new ConfigurationError(
      `--${flag} names ${unknown.map(quote).join(', ')}, which ${reference} does not have: its columns are ${names.join(', ')}`,
    );
  }
  const both = include.find((name) => excludedColumns(inputs).includes(name));
  if (both === undefined) return;
  const other = exclude.includes(both) ? 'exclude' : both === time ? 'time' : 'group';
  throw new ConfigurationError(
    `--include says to compare ${quote(both)}, and --${other} says not to: take one of them out`,
  );
}

/** The columns that differ by nature and of which nobody has said anything; none where no other would be left to compare. */
export function leftOutColumns(tables: BothTables, inputs: NamedColumns): ByNature[] {
  const excluded = excludedColumns(inputs);
  const said = new Set([...excluded, ...(inputs.include ?? [])]);
  const found = differentByNature(tables, inputs.time).filter(({ name }) => !said.has(name));
  const gone = new Set([...excluded, ...found.map(({ name }) => name)]);
  return [...tables.reference.columns.keys()].some((name) => !gone.has(name)) ? found : [];
}
