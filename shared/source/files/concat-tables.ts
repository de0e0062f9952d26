import { type Column, columnLength, type Table } from '../../dataset/table/table.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { Numbering } from '../../platform/numbering.ts';
import { checkSameColumns } from '../same-columns.ts';

/** What one file holds. */
export interface FileTable {
  readonly file: string;
  readonly table: Table;
}

/**
 * Puts the rows of files below each other, columns by name.
 *
 * @param union a column that a file lacks is missing there; otherwise all files must have the same columns.
 * @throws ConfigurationError when columns differ, or one is of another type in another file.
 */
export function concatTables(files: readonly FileTable[], union: boolean): Table {
  const [first] = files;
  if (!first) return { rows: 0, columns: new Map() };
  if (files.length === 1) return first.table;
  if (!union) {
    const columns = [...first.table.columns.keys()];
    for (const { file, table } of files) {
      checkSameColumns({ file: first.file, columns }, { file, columns: [...table.columns.keys()] });
    }
  }
  const names = new Set(files.flatMap(({ table }) => [...table.columns.keys()]));
  const rows = files.reduce((sum, { table }) => sum + table.rows, 0);
  return { rows, columns: new Map([...names].map((name) => [name, concatColumn(name, files, rows)])) };
}

function concatColumn(name: string, files: readonly FileTable[], rows: number): Column {
  const holders = files.filter(({ table }) => table.columns.has(name) && !isEmpty(table.columns.get(name)!));
  const type = (
    holders[0]?.table.columns ?? files.find(({ table }) => table.columns.has(name))!.table.columns
  ).get(name)!.type;
  for (const { file, table } of holders) {
    const other = table.columns.get(name)!.type;
    if (other !== type) {
      throw new ConfigurationError(
        `column ${name} is of type ${type} in ${holders[0]!.file} and of type ${other} in ${file}; ` +
          'write it in the same type in every file',
      );
    }
  }
  const pieces = files.map(({ table }) => ({ rows: table.rows, column: table.columns.get(name) }));
  if (type === 'category') return concatTexts(pieces, rows);
  if (type === 'boolean') {
    const values = new Int8Array(rows).fill(-1);
    place(pieces, (column, at) => void (column.type === 'boolean' && values.set(column.values, at)));
    return { type, values };
  }
  const values = new Float64Array(rows).fill(Number.NaN);
  place(pieces, (column, at) => void (column.type === type && values.set(column.values, at)));
  return { type, values };
}

interface Piece {
  readonly rows: number;
  readonly column: Column | undefined;
}

function place(pieces: readonly Piece[], put: (column: Column, at: number) => void): void {
  let at = 0;
  for (const { rows, column } of pieces) {
    if (column) put(column, at);
    at += rows;
  }
}

function concatTexts(pieces: readonly Piece[], rows: number): Column {
  const codes = new Int32Array(rows).fill(-1);
  const known = new Numbering<string>();
  place(pieces, (column, at) => {
    if (column.type !== 'category') return;
    const renumbered = column.dictionary.map((text) => known.of(text));
    for (let row = 0; row < column.codes.length; row++) {
      const code = column.codes[row]!;
      if (code >= 0) codes[at + row] = renumbered[code]!;
    }
  });
  return { type: 'category', codes, dictionary: known.values };
}

/** Whether nothing in a column says what type it is. */
export function isEmpty(column: Column): boolean {
  for (let row = 0; row < columnLength(column); row++) {
    if (column.type === 'category' ? column.codes[row]! >= 0 : isPresent(column, row)) return false;
  }
  return true;
}

function isPresent(column: Exclude<Column, { type: 'category' }>, row: number): boolean {
  const value = column.values[row]!;
  return column.type === 'boolean' ? value >= 0 : !Number.isNaN(value);
}
