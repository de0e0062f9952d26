// The column table, and where its rows came from. No room of this folder is below it.
import { namedValues } from '../../platform/named-values.ts';

/** What a column holds once its type is known. */
export type ColumnType = 'number' | 'category' | 'boolean' | 'date';

/** A value of a row; `null` is missing. Dates are milliseconds since 1970-01-01T00:00:00Z. */
export type Value = number | string | boolean | null;

/** Numbers; NaN is missing, infinities never occur. */
export interface NumberColumn {
  readonly type: 'number';
  readonly values: Float64Array;
}

/** Texts by code into a dictionary in order of first appearance; -1 is missing. */
export interface CategoryColumn {
  readonly type: 'category';
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** 0 false, 1 true, -1 missing. */
export interface BooleanColumn {
  readonly type: 'boolean';
  readonly values: Int8Array;
}

/** Milliseconds since 1970-01-01T00:00:00Z; NaN is missing. */
export interface DateColumn {
  readonly type: 'date';
  readonly values: Float64Array;
}

export type Column = NumberColumn | CategoryColumn | BooleanColumn | DateColumn;

/** Named columns of one length. Columns are never changed in place once in a table. */
export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
}

/** One row as plain values by column name: what a predictor is called with. */
export type Row = Readonly<Record<string, Value>>;

/** The number of rows of a column. */
export function columnLength(column: Column): number {
  return column.type === 'category' ? column.codes.length : column.values.length;
}

/** A column's value at a row. */
export function valueAt(column: Column, row: number): Value {
  switch (column.type) {
    case 'category': {
      const code = column.codes[row]!;
      return code < 0 ? null : column.dictionary[code]!;
    }
    case 'boolean': {
      const value = column.values[row]!;
      return value < 0 ? null : value === 1;
    }
    default: {
      const value = column.values[row]!;
      return Number.isNaN(value) ? null : value;
    }
  }
}

/** A row of a table as plain values, in the table's column order. */
export function rowAt(table: Table, row: number): Row {
  const record = namedValues<Value>();
  for (const [name, column] of table.columns) record[name] = valueAt(column, row);
  return record;
}

/**
 * Builds a table from columns.
 *
 * @throws RangeError when the columns differ in length.
 */
export function tableOf(columns: Iterable<readonly [string, Column]>): Table {
  const map = new Map(columns);
  let rows = -1;
  for (const [name, column] of map) {
    const length = columnLength(column);
    if (rows >= 0 && length !== rows)
      throw new RangeError(`column ${name} has ${length} rows, others ${rows}`);
    rows = length;
  }
  return { rows: Math.max(rows, 0), columns: map };
}

/** The named column. @throws RangeError when the table has none of that name. */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (!column)
    throw new RangeError(`the table has no column ${name}; it has ${[...table.columns.keys()].join(', ')}`);
  return column;
}

/** The given rows of a column, in the given order. */
export function takeColumn(column: Column, rows: Uint32Array): Column {
  switch (column.type) {
    case 'category': {
      const codes = new Int32Array(rows.length);
      for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
      return { ...column, codes };
    }
    case 'boolean': {
      const values = new Int8Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
      return { ...column, values };
    }
    default: {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
      return { ...column, values };
    }
  }
}

/** The given rows of a table, in the given order. */
export function takeRows(table: Table, rows: Uint32Array): Table {
  return {
    rows: rows.length,
    columns: new Map([...table.columns].map(([name, column]) => [name, takeColumn(column, rows)])),
  };
}
