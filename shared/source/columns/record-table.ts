import type { Table } from '../../dataset/table/table.ts';
import type { Logger } from '../../platform/logger.ts';
import type { JsonRow } from '../json/json-row.ts';
import { isKeptAsText } from '../kept-text.ts';
import type { ReadOptions } from '../types.ts';
import { checkDistinct } from './column-names.ts';
import { MarkerWatch } from './told-markers.ts';
import { type TypedValue, ValueColumn } from './value-column.ts';
import { namedColumns, visibleName } from './visible-name.ts';

/**
 * A table built from JSON objects. A member that an object lacks is missing in its row. Objects and arrays
 * inside a row are kept as their JSON text, and a warning says so.
 */
export class RecordTable {
  rows = 0;
  /** By the name as it is written. */
  readonly #columns = new Map<string, ValueColumn | null>();
  readonly #nested = new Set<string>();
  readonly #options: ReadOptions;
  readonly #markers: MarkerWatch;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#markers = new MarkerWatch(options);
  }

  /** Adds a row. @param seen takes the row's column names, where given. */
  add(record: JsonRow, seen?: Set<string>): void {
    for (const name in record) {
      seen?.add(name);
      const known = this.#columns.get(name);
      const column = known === undefined ? this.#begin(name) : known;
      if (column === null) continue;
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
    const stored = [...this.#columns].flatMap(([name, column]) => {
      if (column === null) return [];
      column.fill(this.rows);
      return [[name, column.finish()] as const];
    });
    const { trim } = this.#options;
    const seen = stored.map(([name, column]) => [trim ? visibleName(name) : name, column] as const);
    for (const remark of this.#markers.remarks(seen, true)) logger.warn(remark);
    const names = namedColumns(
      stored.map(([name]) => name),
      trim,
      'JSON',
      logger,
    );
    checkDistinct(names, 'JSON');
    return {
      rows: this.rows,
      columns: new Map(stored.map(([, column], i) => [names[i]!, column])),
    };
  }

  /** Null for a column that is not wanted. */
  #begin(name: string): ValueColumn | null {
    const { trim, columns } = this.#options;
    const seen = trim ? visibleName(name) : name;
    const column =
      columns && !columns.has(seen)
        ? null
        : new ValueColumn(this.#markers.testOf(seen), isKeptAsText(this.#options, seen) ? 'text' : undefined);
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
