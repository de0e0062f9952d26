import type { Table } from '../dataset/table/table.ts';
import { quote } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { checkDistinct } from './column-names.ts';
import type { JsonRow } from './json/json-row.ts';
import { isKeptAsText } from './kept-text.ts';
import { createMissingTest } from './missing.ts';
import type { ReadOptions } from './types.ts';
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
  readonly #targetMarkers = new Map<string, number>();
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
    for (const [text, rows] of this.#targetMarkers) {
      logger.warn(
        `column ${quote(this.#options.labels?.column)}: ${rows === 1 ? 'one value is' : `${rows.toLocaleString('en-US')} values are`} ` +
          `${quote(text)} and ${rows === 1 ? 'counts' : 'count'} as missing`,
      );
    }
    const columns = [...this.#columns].filter((entry) => entry[1] !== null) as [string, ValueColumn][];
    const stored = columns.map(([name]) => name);
    const names = namedColumns(stored, this.#options.trim, 'JSON', logger);
    checkDistinct(names, 'JSON');
    for (const [, column] of columns) column.fill(this.rows);
    return {
      rows: this.rows,
      columns: new Map(columns.map(([, column], i) => [names[i]!, column.finish()])),
    };
  }

  /** Null for a column that is not wanted. */
  #begin(name: string): ValueColumn | null {
    const { trim, columns, labels } = this.#options;
    const seen = trim ? visibleName(name) : name;
    const isMissing = seen === labels?.column ? this.#labelTest(seen) : this.#isMissing;
    const column =
      columns && !columns.has(seen)
        ? null
        : new ValueColumn(isMissing, isKeptAsText(this.#options, seen) ? 'text' : undefined);
    this.#columns.set(name, column);
    return column;
  }

  /** The target's markers, which are counted where they are not looked at as classes. */
  #labelTest(column: string): (text: string) => boolean {
    const isMissing = createMissingTest(this.#options, column);
    if (this.#options.labels?.classes) return isMissing;
    return (text) => {
      const missing = isMissing(text);
      const marker = text.trim();
      if (missing && marker !== '') {
        this.#targetMarkers.set(marker, (this.#targetMarkers.get(marker) ?? 0) + 1);
      }
      return missing;
    };
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
