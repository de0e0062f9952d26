import { type Column, columnOf, type Table } from './table.ts';

/** How a column of some rows is made from the column of all. */
type Take = (column: Column) => Column;

/** Bytes of columns that may be kept, less those that are. */
export interface KeptRoom {
  bytes: number;
}

/** Room for the columns of tables that are used together: what is made again and again of small ones need not be. */
export function keptRoom(bytes = 48 * 2 ** 20): KeptRoom {
  return { bytes };
}

/**
 * Columns that are made when they are asked for, and kept as far as there is room, beside the last one: what goes through a
 * large table column by column holds few of them in memory, and who looks at rows should take the table's columns once.
 */
class TakenColumns implements ReadonlyMap<string, Column> {
  readonly #of: Table;
  readonly #take: Take;
  readonly #kept = new Map<string, Column>();
  readonly #room: KeptRoom;
  #last: { readonly name: string; readonly column: Column } | undefined;

  constructor(of: Table, take: Take, room: KeptRoom) {
    this.#room = room;
    this.#of = of;
    this.#take = take;
  }

  get size(): number {
    return this.#of.columns.size;
  }

  has(name: string): boolean {
    return this.#of.columns.has(name);
  }

  get(name: string): Column | undefined {
    if (!this.has(name)) return undefined;
    const kept = this.#kept.get(name);
    if (kept) return kept;
    if (this.#last?.name === name) return this.#last.column;
    this.#last = undefined;
    const column = this.#take(columnOf(this.#of, name));
    const { byteLength } = column.type === 'category' ? column.codes : column.values;
    if (byteLength <= this.#room.bytes) {
      this.#room.bytes -= byteLength;
      this.#kept.set(name, column);
    } else this.#last = { name, column };
    return column;
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
 * @param rows how many there are. @param take makes a column of them; it gives the same one each time. @param room for
 *   columns that are kept, by default none.
 */
export function takenTable(table: Table, rows: number, take: Take, room = keptRoom(0)): Table {
  return { rows, columns: new TakenColumns(table, take, room) };
}

/** The same table with all its columns in memory. */
export function heldTable({ rows, columns }: Table): Table {
  return { rows, columns: new Map(columns) };
}
