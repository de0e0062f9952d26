import type { Table } from '../dataset/table/table.ts';
import type { Logger } from '../platform/logger.ts';
import type { JsonRow } from './json/json-row.ts';
import { createMissingTest } from './missing.ts';
import type { ReadOptions } from './types.ts';
import { type TypedValue, ValueColumn } from './value-column.ts';

/**
 * A table built from JSON objects. A member that an object lacks is missing in its row. Objects and arrays
 * inside a row are kept as their JSON text, and a warning says so.
 */
export class RecordTable {
  rows = 0;
  readonly #columns = new Map<string, ValueColumn>();
  readonly #nested = new Set<string>();
  readonly #options: ReadOptions;
  readonly #isMissing: (text: string) => boolean;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#isMissing = createMissingTest(options);
  }

  /** Adds a row. @param seen takes the row's column names, where given. */
  add(record: JsonRow, seen?: Set<string>): void {
    for (const name in record) {
      seen?.add(name);
      if (this.#options.columns && !this.#options.columns.has(name)) continue;
      const column = this.#columns.get(name) ?? this.#begin(name);
      column.fill(this.rows);
      column.add(this.#valueOf(record[name], name));
    }
    this.rows++;
  }

  /** The table; call once, at the end. */
  finish(logger: Logger): Table {
    if (this.#nested.size > 0) {
      logger.warn(
        `${[...this.#nested].join(', ')}: holds objects or arrays, kept as JSON text; ` +
          'list it under prepare.exclude, or flatten it where it comes from',
      );
    }
    for (const column of this.#columns.values()) column.fill(this.rows);
    return {
      rows: this.rows,
      columns: new Map([...this.#columns].map(([name, column]) => [name, column.finish()])),
    };
  }

  #begin(name: string): ValueColumn {
    const isMissing =
      name === this.#options.labels?.column ? createMissingTest(this.#options, name) : this.#isMissing;
    const column = new ValueColumn(isMissing, this.#options.textColumns.has(name) ? 'text' : undefined);
    this.#columns.set(name, column);
    return column;
  }

  #valueOf(value: unknown, name: string): TypedValue {
    switch (typeof value) {
      case 'number':
      case 'boolean':
        return value;
      case 'string':
        return value.isWellFormed() ? value : value.toWellFormed();
      case 'object':
        if (value === null) return null;
        if (value instanceof Date) return value;
        this.#nested.add(name);
        return JSON.stringify(value);
      default:
        return null;
    }
  }
}
