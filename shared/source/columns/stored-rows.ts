import { createHash } from 'node:crypto';
import type { SourceTable } from '../../dataset/table/origin.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Dialect, SqlColumn } from '../../sql/dialect.ts';
import { subquery } from '../../sql/quoting.ts';
import { isKeptAsText } from '../kept-text.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';
import { checkRowLimit } from './row-limit.ts';
import { jsonOfStored, type StoredValue, storedSql, valueOfStored } from './stored-value.ts';
import { MarkerWatch } from './told-markers.ts';
import { ValueColumn } from './value-column.ts';

/** An engine's rows that are read. */
export interface StoredSource {
  readonly dialect: Dialect;
  readonly query: string;
  readonly columns: readonly SqlColumn[];
  /** How whole numbers that a double may not hold are selected. */
  whole(name: string): string;
  /** Parts of an answer: of each column its values. */
  stream(
    sql: string,
  ): AsyncIterable<{ readonly rows: number; values(column: number): readonly StoredValue[] }>;
}

/**
 * Reads all rows of an engine's query. They are put in the order of all their columns, from left to right: a scan by several
 * threads or machines gives them in one order today and in another tomorrow, and the bytes that are made of them must not tell.
 *
 * @throws ConfigurationError for more rows than `max-rows`, and for values that a table cannot hold.
 */
export async function readStoredRows(
  source: StoredSource,
  options: ReadOptions,
  { logger, maxRows }: Pick<SourcePorts, 'logger'> & { readonly maxRows: number },
): Promise<SourceTable> {
  const { dialect, columns } = source;
  const rows = new StoredRows(columns, options);
  const stored = columns.map((column) => storedSql(dialect, column, source.whole));
  // What is declared as text comes over twice: order and digest do not depend on declarations.
  const texts = rows.texts.map((column) => dialect.asText(column));
  const order = columns.map((_, i) => i + 1);
  const sql = `SELECT ${[...stored, ...texts].join(', ')} FROM ${subquery(source.query)} ORDER BY ${order.join(', ')}`;
  for await (const part of source.stream(sql)) {
    rows.add(part.rows, (column) => part.values(column));
    checkRowLimit(rows.count, maxRows);
    logger.progress({ task: 'collect query', done: rows.count });
  }
  return rows.finish(logger);
}

/** The query's columns under construction, and the digest of its rows. */
class StoredRows {
  count = 0;
  /** Columns that are kept as text and are none. */
  readonly texts: readonly SqlColumn[];
  readonly #hash = createHash('sha256');
  readonly #columns: readonly { readonly column: SqlColumn; readonly values: ValueColumn }[];
  readonly #options: ReadOptions;
  readonly #markers: MarkerWatch;

  constructor(columns: readonly SqlColumn[], options: ReadOptions) {
    this.#options = options;
    this.#markers = new MarkerWatch(options);
    this.texts = columns.filter(({ name, kind }) => kind !== 'text' && isKeptAsText(options, name, kind));
    this.#hash.update(`${JSON.stringify(columns.map(({ name, type }) => [name, type]))}\n`);
    this.#columns = columns.map((column) => {
      const kind = this.texts.includes(column) ? 'text' : column.kind;
      return { column, values: new ValueColumn(this.#markers.testOf(column.name), kind) };
    });
  }

  add(rows: number, values: (column: number) => readonly StoredValue[]): void {
    const natural = this.#columns.map((_, i) => values(i));
    for (let row = 0; row < rows; row++) {
      this.#hash.update(`${JSON.stringify(natural.map((column) => jsonOfStored(column[row]!)))}\n`);
    }
    for (const [i, { column, values: own }] of this.#columns.entries()) {
      const text = this.texts.indexOf(column);
      if (text < 0) for (const stored of natural[i]!) own.add(valueOfStored(stored, column));
      else {
        for (const stored of values(natural.length + text)) own.add(stored === null ? null : String(stored));
      }
    }
    this.count += rows;
  }

  finish(logger: Logger): SourceTable {
    const columns = this.#columns
      .filter(({ column }) => !this.#options.columns || this.#options.columns.has(column.name))
      .map(({ column, values }) => [column.name, values.finish()] as const);
    for (const remark of this.#markers.remarks(columns, true)) logger.warn(remark);
    const digest = `sha256:${this.#hash.digest('hex')}`;
    return {
      table: { rows: this.count, columns: new Map(columns) },
      parts: [{ name: 'query', digest, firstRow: 0, rows: this.count }],
    };
  }
}
