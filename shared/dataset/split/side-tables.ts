import { takeIds } from '../identity/row-id.ts';
import type { RowIdentity } from '../identity/row-identity.ts';
import { type CategoryColumn, type Column, type Table, takeColumn } from '../table/table.ts';
import { keptRoom, takenTable } from '../table/taken-table.ts';
import type { Sides } from './split.ts';
import type { Splits, SplitTable } from './split-table.ts';

/** The numbers of the rows whose flag is the wanted one, ascending. */
export function selectRows(flags: Uint8Array, wanted = 1): Uint32Array {
  const counts = new Uint32Array(256);
  for (let row = 0; row < flags.length; row++) counts[flags[row]!]!++;
  // One place more: every row is written, and stays where its flag moves the place on. Flags are hard to foresee.
  const rows = new Uint32Array(counts[wanted]! + 1);
  let at = 0;
  for (let row = 0; row < flags.length; row++) {
    rows[at] = row;
    at += Number(flags[row] === wanted);
  }
  return rows.subarray(0, at);
}

/**
 * Some rows with their ids, as {@link takeCompacted} has them; columns and ids are made when they are asked for, since the sides
 * together would need as much memory again as the table.
 */
export function takeSplit(
  table: Table,
  rows: Uint32Array,
  ids: RowIdentity['ids'],
  room = keptRoom(),
): SplitTable {
  return {
    table: takenTable(table, rows, compactedRows, room),
    get ids() {
      return takeIds(ids, rows);
    },
  };
}

/**
 * Some rows. Dictionaries hold only the categories of these rows, in order of first appearance: what
 * is written depends on nothing else, and no split carries another's texts.
 */
export function takeCompacted(table: Table, rows: Uint32Array): Table {
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) columns.set(name, compactedRows(column, rows));
  return { rows: rows.length, columns };
}

function compactedRows(column: Column, rows: Uint32Array): Column {
  const taken = takeColumn(column, rows);
  return taken.type === 'category' ? compacted(taken) : taken;
}

function compacted({ codes, dictionary }: CategoryColumn): CategoryColumn {
  const mapped = new Int32Array(dictionary.length).fill(-1);
  const used: string[] = [];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0) continue;
    if (mapped[code] === -1) mapped[code] = used.push(dictionary[code]!) - 1;
    codes[row] = mapped[code]!;
  }
  return { type: 'category', codes, dictionary: used };
}

/**
 * Divides rows by side.
 *
 * @param rows the rows kept, ascending. @param sides their sides, in that order.
 */
export function divideRows(table: Table, rows: Uint32Array, sides: Sides, ids: RowIdentity['ids']): Splits {
  const room = keptRoom();
  const side = (wanted: number): SplitTable => {
    const places = selectRows(sides, wanted);
    for (let i = 0; i < places.length; i++) places[i] = rows[places[i]!]!;
    return takeSplit(table, places, ids, room);
  };
  return { train: side(0), validation: side(1), test: side(2) };
}
