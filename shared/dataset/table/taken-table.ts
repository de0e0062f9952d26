import { type Column, columnOf, type Table } from './table.ts';

/** How a column of some rows is made from the column of all. */
type Take = (column: Column) => Column;

/**
 * Columns that are made each time they are asked for. Only the last one is kept: what goes through a table column by
 * column holds one of them in memory, and who looks at rows should take the table's columns once.
 */
class TakenColumns implements ReadonlyMap<string, Column> {
  readonly #of: Table;
  readonly #take: Take;
  #last: { readonly name: string; readonly column: Column } | undefined;

  constructor(of: Table, take: Take) {
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
    if (this.#last?.name !== name) {
      this.#last = undefined;
      this.#last = { name, column: this.#take(columnOf(this.#of, name)) };
    }
    return this.#last.column;
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
 * @param rows how many there are. @param take makes a column of them; it gives the same one each time.
 */
export function takenTable(table: Table, rows: number, take: Take): Table {
  return { rows, columns: new TakenColumns(table, take) };
}
