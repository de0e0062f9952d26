// Queries of DuckDB.
import { createHash } from 'node:crypto';
import type { DuckDbSourceConfig } from '../../config/sections/data-section.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { SqlColumn } from '../../sql/dialect.ts';
import { subquery } from '../../sql/quoting.ts';
import { createMissingTest } from '../missing.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';
import { ValueColumn } from '../value-column.ts';
import { type DuckDbEngine, openDuckDb } from './duckdb-engine.ts';
import type { DuckDbChunk } from './duckdb-package.ts';
import { jsonOfStored, storedSql, valueOfStored } from './duckdb-value.ts';

/**
 * Reads the rows of a query of DuckDB, part by part. See `readSource`.
 *
 * They are put in the order of all their columns, from left to right: a scan by several threads gives them in one order
 * today and in another tomorrow, and the bytes that are made of them must not tell.
 *
 * @throws ConfigurationError for whatever is wrong with database or query.
 */
export async function readDuckDbSource(
  source: DuckDbSourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  const engine = await openDuckDb(source, ports);
  try {
    return await readRows(engine, source, options, ports);
  } finally {
    await engine[Symbol.asyncDispose]();
  }
}

async function readRows(
  engine: DuckDbEngine,
  source: DuckDbSourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  const { columns } = engine;
  const rows = new ChunkRows(columns, options);
  const stored = columns.map(storedSql);
  // What is declared as text comes over twice: order and digest do not depend on declarations.
  const texts = rows.texts.map((column) => engine.dialect.asText(column));
  const order = columns.map((_, i) => i + 1);
  for await (const chunk of engine.stream(
    `SELECT ${[...stored, ...texts].join(', ')} FROM ${subquery(engine.query)} ORDER BY ${order.join(', ')}`,
  )) {
    rows.add(chunk);
    if (rows.count > source['max-rows']) {
      throw new ConfigurationError(
        `data.source.query answers more than ${source['max-rows']} rows, which is data.source.max-rows; ` +
          'raise it, or ask for less',
      );
    }
    ports.logger.progress({ task: 'collect query', done: rows.count });
  }
  return rows.finish();
}

/** The query's columns under construction, and the digest of its rows. */
class ChunkRows {
  count = 0;
  /** Columns that are kept as text and are none. */
  readonly texts: readonly SqlColumn[];
  readonly #hash = createHash('sha256');
  readonly #columns: readonly { readonly column: SqlColumn; readonly values: ValueColumn }[];
  readonly #options: ReadOptions;

  constructor(columns: readonly SqlColumn[], options: ReadOptions) {
    this.#options = options;
    this.texts = columns.filter(({ name, kind }) => kind !== 'text' && options.textColumns.has(name));
    this.#hash.update(`${JSON.stringify(columns.map(({ name, type }) => [name, type]))}\n`);
    this.#columns = columns.map((column) => {
      const kind = this.texts.includes(column) ? 'text' : column.kind;
      return { column, values: new ValueColumn(createMissingTest(options, column.name), kind) };
    });
  }

  add(chunk: DuckDbChunk): void {
    const natural = this.#columns.map((_, i) => chunk.getColumnValues(i));
    for (let row = 0; row < chunk.rowCount; row++) {
      this.#hash.update(`${JSON.stringify(natural.map((values) => jsonOfStored(values[row]!)))}\n`);
    }
    for (const [i, { column, values }] of this.#columns.entries()) {
      const text = this.texts.indexOf(column);
      if (text < 0) for (const stored of natural[i]!) values.add(valueOfStored(stored, column));
      else {
        const own = chunk.getColumnValues(natural.length + text);
        for (const stored of own) values.add(stored === null ? null : String(stored));
      }
    }
    this.count += chunk.rowCount;
  }

  finish(): SourceTable {
    const columns = this.#columns
      .filter(({ column }) => !this.#options.columns || this.#options.columns.has(column.name))
      .map(({ column, values }) => [column.name, values.finish()] as const);
    const digest = `sha256:${this.#hash.digest('hex')}`;
    return {
      table: { rows: this.count, columns: new Map(columns) },
      parts: [{ name: 'query', digest, firstRow: 0, rows: this.count }],
    };
  }
}
