import { Numbering } from '../../platform/numbering.ts';
import { type CategoryColumn, type Column, columnLength, columnOf, type Table, tableOf } from './table.ts';

/**
 * The rows of tables with the same columns, one table below the other.
 *
 * @throws RangeError when a table lacks a column of the first one, or holds another type in it.
 */
export function stackTables(tables: readonly Table[]): Table {
  const [first] = tables;
  if (!first) return { rows: 0, columns: new Map() };
  return tableOf(
    [...first.columns.keys()].map((name) => [
      name,
      stackColumns(
        name,
        tables.map((table) => columnOf(table, name)),
      ),
    ]),
  );
}

function stackColumns(name: string, columns: readonly Column[]): Column {
  const [first] = columns as readonly [Column, ...Column[]];
  const other = columns.find(({ type }) => type !== first.type);
  if (other)
    throw new RangeError(`column ${name} is a ${first.type} in one table and a ${other.type} in another`);
  if (first.type === 'category') return stackCategories(columns as readonly CategoryColumn[]);
  const rows = columns.reduce((sum, column) => sum + columnLength(column), 0);
  const values = first.type === 'boolean' ? new Int8Array(rows) : new Float64Array(rows);
  let at = 0;
  for (const column of columns) {
    if (column.type === 'category') continue;
    values.set(column.values, at);
    at += column.values.length;
  }
  return { ...first, values } as Column;
}

function stackCategories(columns: readonly CategoryColumn[]): CategoryColumn {
  const known = new Numbering<string>();
  const codes = columns.flatMap(({ codes: own, dictionary }) => {
    const translated = dictionary.map((value) => known.of(value));
    return [own.map((code) => (code < 0 ? code : translated[code]!))];
  });
  const stacked = new Int32Array(codes.reduce((sum, own) => sum + own.length, 0));
  let at = 0;
  for (const own of codes) {
    stacked.set(own, at);
    at += own.length;
  }
  return { type: 'category', codes: stacked, dictionary: known.values };
}
