import {
  type Column,
  type ColumnType,
  columnLength,
  type Table,
  takeColumn,
} from '../dataset/table/table.ts';

/** No row: what a left join brings to a row without a partner. */
export const noRow = -1;

/** A column on its way through the steps. */
export interface WorkColumn {
  readonly column: Column;
  /** As the source holds it, it gets its type when a step first needs one: what no step looks at, prepare types as ever. */
  readonly typed: boolean;
  /** The source and the column that it was read from; absent of what a step made. */
  readonly read?: { readonly source: string; readonly name: string };
  /** Which of the table's frames its rows came by. */
  readonly frame?: number;
  /** What made it or brought it in: `joined from airports (step 2)`. */
  readonly made?: string;
}

/** A table on its way through the steps. */
export interface WorkTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, WorkColumn>;
  /**
   * Where rows came from, one frame for the table's own rows and one for each join: numbers of rows over all sources, as
   * {@link SourceRows} counts them; {@link noRow} where there is none. The first is the table's own.
   */
  readonly frames: readonly Int32Array[];
}

/** The given rows of a column; missing where {@link noRow} is given. */
export function takeOrMissing(column: Column, rows: Int32Array): Column {
  if (!rows.includes(noRow)) return takeColumn(column, Uint32Array.from(rows));
  switch (column.type) {
    case 'category':
      return { ...column, codes: rows.map((row) => (row < 0 ? -1 : column.codes[row]!)) };
    case 'boolean':
      return { ...column, values: Int8Array.from(rows, (row) => (row < 0 ? -1 : column.values[row]!)) };
    default:
      return {
        ...column,
        values: Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : column.values[row]!)),
      };
  }
}

/** A column of a type without any value. */
export function emptyColumn(type: ColumnType, rows: number): Column {
  if (type === 'category') return { type, codes: new Int32Array(rows).fill(-1), dictionary: [] };
  if (type === 'boolean') return { type, values: new Int8Array(rows).fill(-1) };
  return { type, values: new Float64Array(rows).fill(Number.NaN) };
}

/** The given rows of a table, in the given order. */
export function takeWorkRows(table: WorkTable, rows: Int32Array): WorkTable {
  return {
    ...table,
    rows: rows.length,
    columns: new Map(
      [...table.columns].map(([name, part]) => [name, { ...part, column: takeOrMissing(part.column, rows) }]),
    ),
    frames: table.frames.map((frame) => rows.map((row) => (row < 0 ? noRow : frame[row]!))),
  };
}

/** The table with some columns added or changed. */
export function withColumns(table: WorkTable, columns: Iterable<readonly [string, WorkColumn]>): WorkTable {
  return { ...table, columns: new Map([...table.columns, ...columns]) };
}

/** The columns by themselves. */
export function plainTable({ rows, columns }: WorkTable): Table {
  return { rows, columns: new Map([...columns].map(([name, { column }]) => [name, column])) };
}

/** A column that a step made. @throws RangeError when it has not the table's length. */
export function madeColumn(table: WorkTable, column: Column, made: string): WorkColumn {
  if (columnLength(column) !== table.rows) {
    throw new RangeError(`a column of ${columnLength(column)} rows was made for ${table.rows}`);
  }
  return { column, typed: true, made };
}
