import { type Column, columnOf, type Table, takeColumn } from './table.ts';

/** How a column of some rows is made from the column of all. */
type Take = (column: Column, rows: Uint32Array) => Column;

/** Bytes of columns that may be kept, less those that are. */
export interface KeptRoom {
  bytes: number;
}

/**
 * Room for the columns of tables that are used together: what is made again and again of small ones need not be. A table has room
 * for all of its columns or for none: of a large one the few that fit would be memory that saves next to no time.
 */
export function keptRoom(bytes = 56 * 2 ** 20): KeptRoom {
  return { bytes };
}

/** Bytes of a table's columns in so many rows; the texts of categories apart. */
function columnBytes(table: Table, rows: number): number {
  let bytes = 0;
  for (const name of table.columns.keys()) {
    const { column } = columnBelow(table, name);
    bytes += (column.type === 'category' ? column.codes : column.values).BYTES_PER_ELEMENT * rows;
  }
  return bytes;
}

/**
 * Columns that are made when they are asked for, and kept where there is room for all of them, else only the last one: what goes
 * through a large table column by column holds few of them in memory, and who looks at rows should take the table's columns once.
 */
class TakenColumns implements ReadonlyMap<string, Column> {
  readonly #of: Table;
  readonly #rows: Uint32Array;
  readonly #take: Take;
  readonly #made = new Map<string, Column>();
  readonly #keeps: boolean;

  constructor(of: Table, rows: Uint32Array, take: Take, room: KeptRoom) {
    this.#of = of;
    this.#rows = rows;
    this.#take = take;
    const bytes = columnBytes(of, rows.length);
    this.#keeps = bytes <= room.bytes;
    if (this.#keeps) room.bytes -= bytes;
  }

  get size(): number {
    return this.#of.columns.size;
  }

  has(name: string): boolean {
    return this.#of.columns.has(name);
  }

  get(name: string): Column | undefined {
    if (!this.has(name)) return undefined;
    const made = this.#made.get(name);
    if (made) return made;
    if (!this.#keeps) this.#made.clear();
    const column = this.#take(columnOf(this.#of, name), this.#rows);
    this.#made.set(name, column);
    return column;
  }

  /** See {@link columnBelow}. */
  below(name: string): ColumnBelow {
    const made = this.#made.get(name);
    return made ? { column: made } : { column: columnOf(this.#of, name), rows: this.#rows };
  }

  keys(): MapIterator<string> {
    return this.#of.columns.keys();
  }

  *values(): MapIterator<Column> {
    for (const name of this.keys()) yield this.get(name)!;
  }

  *entries(): MapIterator<[string, Column]> {
    for (const name of this.keys()) yield [name, this.get(name)!];
  }

  [Symbol.iterator](): MapIterator<[string, Column]> {
    return this.entries();
  }

  forEach(call: (column: Column, name: string, columns: ReadonlyMap<string, Column>) => void): void {
    for (const [name, column] of this) call(column, name, this);
  }
}

/**
 * A table of other rows than `table` has, of which no column is in memory before it is asked for.
 *
 * @param rows their places. @param take makes a column of them; it gives the same one each time. @param room for
 *   columns that are kept, by default none.
 */
export function takenTable(table: Table, rows: Uint32Array, take: Take, room = keptRoom(0)): Table {
  return { rows: rows.length, columns: new TakenColumns(table, rows, take, room) };
}

/** Where the values of a column lie without its being made: in these rows of a column; default all, in their order. */
export interface ColumnBelow {
  /** Its dictionary may hold more texts than these rows do. */
  readonly column: Column;
  readonly rows?: Uint32Array;
}

/** The column that a table's column is taken of. @throws RangeError when the table has none of that name. */
export function columnBelow(table: Table, name: string): ColumnBelow {
  return table.columns instanceof TakenColumns && table.columns.has(name)
    ? table.columns.below(name)
    : { column: columnOf(table, name) };
}

/**
 * A few rows of a column, which is not made for their sake. Its dictionary may hold texts that none of them has.
 *
 * @param places of rows of the table.
 */
export function takeFew(table: Table, name: string, places: Uint32Array): Column {
  const { column, rows } = columnBelow(table, name);
  if (!rows) return takeColumn(column, places);
  const below = new Uint32Array(places.length);
  for (let i = 0; i < below.length; i++) below[i] = rows[places[i]!]!;
  return takeColumn(column, below);
}

/** The same table with all its columns in memory. */
export function heldTable({ rows, columns }: Table): Table {
  return { rows, columns: new Map(columns) };
}
