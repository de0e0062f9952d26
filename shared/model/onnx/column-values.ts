import { numberInRow, textInRow } from '../../dataset/table/row-values.ts';
import { type Column, columnOf, type Table, type Value } from '../../dataset/table/table.ts';
import type { ModelColumn } from './model-columns.ts';

/** Some rows of a table, derived columns included. */
export interface RowRange {
  readonly table: Table;
  readonly from: number;
  readonly to: number;
}

/** A column's numbers: NaN where missing; of a boolean 0 and 1. @throws RangeError when the table has it in another type. */
export function numbersOf({ name, type }: ModelColumn, { table, from, to }: RowRange): Float64Array {
  const column = typedColumn(name, type, table);
  if (column.type === 'category') throw new TypeError(`${name} is a category`);
  const values = Float64Array.from(column.values.subarray(from, to));
  return column.type === 'boolean' ? values.map((value) => (value < 0 ? Number.NaN : value)) : values;
}

/** A category's texts; a missing one is empty. @throws RangeError when the table has it in another type. */
export function textsOf({ name, type }: ModelColumn, { table, from, to }: RowRange): string[] {
  const column = typedColumn(name, type, table);
  if (column.type !== 'category') throw new TypeError(`${name} is no category`);
  const { codes, dictionary } = column;
  return Array.from(codes.subarray(from, to), (code) => (code < 0 ? '' : dictionary[code]!));
}

/** The value of a record as a number. @throws TypeError when it is of another type than its column. */
export function numberOf({ name, type }: ModelColumn, value: Value | undefined): Float64Array {
  return Float64Array.of(numberInRow(value, name, type));
}

/** The category of a record; empty where missing. @throws TypeError when it is no text. */
export function textOf({ name }: ModelColumn, value: Value | undefined): string {
  return textInRow(value, name) ?? '';
}

function typedColumn(name: string, type: Column['type'], table: Table): Column {
  const column = columnOf(table, name);
  if (column.type === type) return column;
  throw new RangeError(`column ${name} of the table is a ${column.type}; the model was trained on a ${type}`);
}
