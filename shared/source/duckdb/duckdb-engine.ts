import type { DuckDbSourceConfig } from '../../config/sections/sources/duckdb-source.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { ownTemporaryFolder } from '../../platform/own-temporary.ts';
import { second, timerDelay } from '../../platform/time-lengths.ts';
import type { Scan, ScannedRows, SqlColumn, SqlValue } from '../../sql/dialect.ts';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import { checkNames } from '../columns/column-names.ts';
import type { SourceEngine } from '../source-engine.ts';
import type { SourcePorts } from '../types.ts';
import { close, type Opened, open } from './duckdb-connection.ts';
import { queryFailure, tookTooLong } from './duckdb-failure.ts';
import { type DuckDb, type DuckDbChunk, type DuckDbConnection, loadDuckDb } from './duckdb-package.ts';
import { columnOfType } from './duckdb-type.ts';

/** DuckDB with a query that it has understood. */
export interface DuckDbEngine extends SourceEngine {
  /** An answer, part by part; the next part is worked out when it is asked for. */
  stream(sql: string): AsyncIterable<DuckDbChunk>;
  readonly scan: Scan;
}

/**
 * Opens a database of DuckDB, for reading only, or none at all where the query reads files; these are found from the folder of
 * ciclo.yml. Nothing is downloaded, and what does not fit into memory is spilled into a temporary folder.
 *
 * @throws ConfigurationError when DuckDB is not installed, cannot open the database, or does not understand the query.
 */
export async function openDuckDb(source: DuckDbSourceConfig, ports: SourcePorts): Promise<DuckDbEngine> {
  const duckdb = await loadDuckDb({
    folders: [ports.directory, ...(ports.packageFolders ?? [])],
    ...(ports.installDuckDb ? { install: ports.installDuckDb } : {}),
  });
  const spill = await ownTemporaryFolder('duckdb');
  const opened = await open(duckdb, source, ports, spill);
  try {
    await opened.connection.run(
      "SET TimeZone = 'UTC'; SET lock_configuration = true; BEGIN TRANSACTION READ ONLY",
    );
    const columns = await columnsOf(opened.connection, duckdb, source);
    return engineOf(opened, source, { columns, spill });
  } catch (error) {
    await close(opened, spill);
    throw queryFailure(error, source.query, source.timeout);
  }
}

/** What the query answers, before it is run. @throws ConfigurationError for anything but one SELECT. */
async function columnsOf(
  connection: DuckDbConnection,
  { StatementType }: DuckDb,
  { query }: DuckDbSourceConfig,
): Promise<SqlColumn[]> {
  const statements = await connection.extractStatements(query);
  const several = statements.count !== 1;
  const statement = several ? undefined : await statements.prepare(0);
  try {
    if (statement?.statementType !== StatementType.SELECT) {
      throw new ConfigurationError(
        `data.source.query must be one SELECT; this is ${several ? `${statements.count} statements` : quote(/\w+/.exec(query)?.[0] ?? query)}`,
      );
    }
    const names = Array.from({ length: statement.columnCount }, (_, i) => statement.columnName(i));
    checkNames(names, 'data.source.query');
    return names.map((name, i) => {
      const type = statement.columnType(i);
      // Other aliases are of the user's own types, which hold what they are made of.
      return columnOfType(name, type.alias === 'JSON' ? 'JSON' : type.toString());
    });
  } finally {
    statement?.destroySync();
  }
}

function engineOf(
  opened: Opened,
  { query, timeout }: DuckDbSourceConfig,
  { columns, spill }: { readonly columns: readonly SqlColumn[]; readonly spill: string },
): DuckDbEngine {
  async function* stream(sql: string): AsyncIterable<DuckDbChunk> {
    // The time is that of the query; what is done with its rows meanwhile is little.
    let isStopped = false;
    const timer = setTimeout(
      () => {
        isStopped = true;
        opened.connection.interrupt();
      },
      timerDelay(timeout * second),
    );
    let next: Promise<DuckDbChunk | null> | undefined;
    try {
      const answer = await opened.connection.stream(sql);
      next = answer.fetchChunk();
      for (;;) {
        const chunk = await next;
        if (chunk === null || chunk.rowCount === 0) break;
        // DuckDB makes the next part while this one is looked at.
        next = answer.fetchChunk();
        next.catch(() => undefined); // it is thrown when its turn comes
        yield chunk;
      }
      await checkWhole(opened.connection, sql, isStopped ? timeout : undefined);
    } catch (error) {
      throw queryFailure(error, undefined, timeout);
    } finally {
      // Who stops midway closes the connection, which must not be at work then.
      await next?.catch(() => undefined);
      clearTimeout(timer);
    }
  }
  return {
    dialect: duckdbDialect,
    query,
    columns,
    stream,
    async ask(sql) {
      const rows: SqlValue[][] = [];
      for await (const chunk of stream(sql)) rows.push(...rowsOf(chunk));
      return rows;
    },
    async *scan(sql) {
      for await (const chunk of stream(sql)) yield scannedRows(chunk);
    },
    [Symbol.asyncDispose]: () => close(opened, spill),
  };
}

/**
 * An answer that breaks off in its midst ends as one that is whole: the package hands no error on. The transaction knows of it,
 * and the query, when it is run once more without its rows, says what it was.
 *
 * @param stopped after how many seconds the query was interrupted.
 * @throws the error that ended the answer.
 */
async function checkWhole(
  connection: DuckDbConnection,
  sql: string,
  stopped: number | undefined,
): Promise<void> {
  try {
    await connection.run('SELECT 1');
  } catch (cause) {
    if (stopped !== undefined) throw tookTooLong(stopped);
    await connection.run('ROLLBACK');
    await connection.run(`EXPLAIN ANALYZE ${sql}`);
    throw new ConfigurationError(
      'data.source.query failed before its last row, and did not when it was run once more: what it reads may change meanwhile; ask again, or read a copy',
      { cause },
    );
  }
}

function scannedRows(chunk: DuckDbChunk): ScannedRows {
  const rows = chunk.rowCount;
  return {
    rows,
    copy(column, into) {
      const vector = chunk.getColumnVector(column);
      // A value at a time, and no list of them: there are many.
      for (let row = 0; row < rows; row++) into[row] = (vector.getItem(row) as number | null) ?? Number.NaN;
    },
  };
}

function rowsOf(chunk: DuckDbChunk): SqlValue[][] {
  const columns = Array.from({ length: chunk.columnCount }, (_, column) => chunk.getColumnValues(column));
  return Array.from({ length: chunk.rowCount }, (_, row) =>
    columns.map((values) => {
      const value = values[row]!;
      return typeof value === 'bigint' ? String(value) : value;
    }),
  );
}
