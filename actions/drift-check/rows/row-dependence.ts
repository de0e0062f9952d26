import type { Config } from '../../../shared/config/sections/schema.ts';
import type { Column, Table } from '../../../shared/dataset/table/table.ts';
import {
  type DependenceOfSides,
  dependenceInGroups,
  dependenceInTime,
  type RowDependence,
} from '../../../shared/drift/dependence/row-dependence.ts';
import { ConfigurationError, quote } from '../../../shared/platform/errors.ts';
import type { CurrentRows } from './current-rows.ts';
import type { LabelledRows } from './labelled-rows.ts';
import type { Reference } from './reference.ts';

const noRows: RowDependence = { of: 'unknown', why: 'its rows are not available' };

/**
 * How the rows of a check hang together on either side: by the groups of `monitor.drift.group`, else by their event time.
 *
 * @throws ConfigurationError when the rows that are at hand have no such group.
 */
export function dependenceOfRows(
  { rows, window }: Reference,
  current: CurrentRows,
  { monitor }: Config,
): DependenceOfSides {
  const { group } = monitor.drift;
  if (group !== undefined) {
    return {
      reference: rows ? inGroups(rows.train, group, 'the rows of the reference') : noRows,
      current: current.counted
        ? { of: 'unknown', why: 'its rows are counted in the engine' }
        : inGroups(current.table, group, 'the current rows'),
    };
  }
  return {
    reference: rows ? inTime(rows.train, window?.column) : noRows,
    current: inTime(current.counted?.newest ?? current.table, current.time),
  };
}

/** The same of the rows that have a label: by their groups where they have them, else by their event time. */
export function dependenceOfLabelled(
  { table, times }: LabelledRows,
  { data, monitor }: Config,
): RowDependence {
  const group = monitor.drift.group === undefined ? undefined : table.columns.get(monitor.drift.group);
  if (group) return dependenceInGroups(group, monitor.drift.group!);
  if (!times || data.time === undefined) return { of: 'unknown', why: 'no event time' };
  return dependenceInTime(times.values, data.time);
}

function inGroups({ columns }: Table, group: string, whose: string): RowDependence {
  const column = columns.get(group);
  if (column) return dependenceInGroups(column, group);
  throw new ConfigurationError(
    `monitor.drift.group is ${quote(group)}, which ${whose} do not have: their columns are ${[...columns.keys()].join(', ')}`,
  );
}

function inTime({ columns }: Table, time: string | undefined): RowDependence {
  if (time === undefined) return { of: 'unknown', why: 'no event time' };
  const column: Column | undefined = columns.get(time);
  if (column?.type === 'number' || column?.type === 'date')
    return dependenceInTime(column.values, time, column.type);
  return { of: 'unknown', why: `${time} is not among the columns that are compared` };
}
