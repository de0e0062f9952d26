// Tables as CSV, for programs that read nothing better.
import { csvCell } from '../../text/csv-cell.ts';
import type { Column, Table } from '../table/table.ts';

/** Rows of which one text is made at a time: a table's text may be longer than a string can be. */
const blockRows = 8192;

/**
 * A table as CSV (RFC 4180, UTF-8, lines ending in LF), the names of the columns first. Numbers are the shortest decimals
 * that give the same number again, booleans `true` and `false`, dates ISO 8601 in UTC (`2024-05-01T00:00:00.000Z`); what is
 * missing is empty.
 *
 * @example
 * ```ts
 * tableToCsv(tableOf([['mpg', { type: 'number', values: Float64Array.of(18, Number.NaN) }]])); // mpg\n18\n""\n
 * ```
 */
export function tableToCsv(table: Table): Uint8Array {
  const cells = [...table.columns.values()].map(cellsOf);
  // A line without a cell would be skipped by readers: a single column's missing value is written as an empty text.
  const empty = cells.length === 1 ? '""' : '';
  const parts = [Buffer.from(`${[...table.columns.keys()].map(csvCell).join(',')}\n`)];
  for (let from = 0; from < table.rows; from += blockRows) {
    let block = '';
    for (let row = from; row < Math.min(from + blockRows, table.rows); row++) {
      let line = '';
      for (let k = 0; k < cells.length; k++) line += k === 0 ? cells[k]!(row) : `,${cells[k]!(row)}`;
      block += `${line || empty}\n`;
    }
    parts.push(Buffer.from(block));
  }
  return Buffer.concat(parts);
}

/** What gives the text of a column's cell at a row. */
function cellsOf(column: Column): (row: number) => string {
  switch (column.type) {
    case 'category': {
      const { codes, dictionary } = column;
      const texts = dictionary.map(csvCell);
      return (row) => (codes[row]! < 0 ? '' : texts[codes[row]!]!);
    }
    case 'boolean':
      return (row) => (column.values[row]! < 0 ? '' : column.values[row] === 1 ? 'true' : 'false');
    case 'date':
      return (row) => (Number.isNaN(column.values[row]!) ? '' : new Date(column.values[row]!).toISOString());
    case 'number':
      return (row) => (Number.isNaN(column.values[row]!) ? '' : String(column.values[row]!));
  }
}
