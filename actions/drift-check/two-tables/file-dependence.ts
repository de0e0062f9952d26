import type { Column, Table } from '../../../shared/dataset/table/table.ts';
import {
  dependenceInFile,
  dependenceInGroups,
  dependenceInTime,
  type RowDependence,
} from '../../../shared/drift/dependence/row-dependence.ts';
import { ConfigurationError, quote } from '../../../shared/platform/errors.ts';

/**
 * How a file's rows hang together: in groups, in time, or in the order of the file.
 *
 * @param file the flag that gave it, for messages.
 * @throws ConfigurationError when it lacks the column, or the times are no times.
 */
export function rowDependence(
  table: Table,
  { time, group }: { readonly time?: string; readonly group?: string },
  file: string,
): RowDependence {
  const columnOf = (name: string, flag: string): Column => {
    const column = table.columns.get(name);
    if (column) return column;
    throw new ConfigurationError(`--${flag} names ${quote(name)}, which the table of ${file} does not have`);
  };
  if (group !== undefined) return dependenceInGroups(columnOf(group, 'group'), group);
  if (time === undefined) return dependenceInFile(table);
  const column = columnOf(time, 'time');
  if (column.type === 'number' || column.type === 'date')
    return dependenceInTime(column.values, time, column.type);
  throw new ConfigurationError(
    `--time names ${quote(time)}, which is a ${column.type} in the table of ${file}: an event time is a number or a date`,
  );
}
