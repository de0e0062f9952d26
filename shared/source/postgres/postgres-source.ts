// Queries of PostgreSQL.
import { createHash } from 'node:crypto';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import type { PostgresSourceConfig } from '../../config/sections/data-section.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { checkNames } from '../column-names.ts';
import { enginePin } from '../engine-pin.ts';
import { createMissingTest } from '../missing.ts';
import type { PinnedWindow, ReadOptions, SourcePorts } from '../types.ts';
import { ValueColumn, type ValueKind } from '../value-column.ts';
import { engineOn, inQuery } from './postgres-engine.ts';
import { brokenFailure, isBroken, queryFailure, timedOut } from './postgres-failure.ts';
import { openSession, type PostgresSession } from './postgres-session.ts';
import { asText, kindOfType, remarkOnType, valueOfText } from './postgres-value.ts';

const batchRows = 10_000;
/** Tries of a read whose connection breaks, and what is waited before each further one. Milliseconds. */
const waits = [1000, 5000];

/**
 * Reads the rows of a query in one read-only transaction, batch by batch through a cursor. See `readSource`. Where the connection
 * breaks, all of it is read again: nothing of what had come is used.
 *
 * Texts of PostgreSQL's own are parsed here by column type.
 *
 * @throws ConfigurationError, without secrets, when the server cannot be reached or refuses the query.
 */
export async function readPostgresSource(
  source: PostgresSourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  for (let tries = 1; ; tries++) {
    const session = await openSession(source, ports);
    try {
      return await readQuery(session, source, options, ports);
    } catch (error) {
      if (isBroken(error) && tries <= waits.length) {
        ports.logger.info(`the connection to PostgreSQL at ${session.server} broke; trying again`);
        await ports.clock.sleep(waits[tries - 1]!);
        continue;
      }
      const told = isBroken(error)
        ? brokenFailure(error, session.server, tries)
        : queryFailure(error, source.query, session.limit);
      throw new ConfigurationError(session.redact(told.message));
    } finally {
      await session.close();
    }
  }
}

async function readQuery(
  session: PostgresSession,
  source: PostgresSourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  const { client, answer } = session;
  const end = ports.clock.now() + source.timeout * 1000;
  const cursor = client.query(
    new Cursor<(string | null)[]>(source.query, [], { rowMode: 'array', types: asText }),
  );
  const rows = new QueryRows(options, ports.logger);
  for (;;) {
    const batch = await answer(readBatch(cursor));
    rows.add(batch);
    if (rows.count > source['max-rows']) {
      throw new ConfigurationError(
        `data.source.query answers more than ${source['max-rows']} rows, which is data.source.max-rows; ` +
          'raise it, or ask for less',
      );
    }
    ports.logger.progress({ task: 'collect query', done: rows.count });
    if (batch.values.length < batchRows) break;
    if (ports.clock.now() > end) throw timedOut({ seconds: source.timeout, of: 'source' });
  }
  await cursor.close();
  // Of the same state of the data: the transaction sees no other.
  const pinned = async (window?: PinnedWindow) => enginePin(await engineOn(session, source), window);
  const engine = options.pin && (await pinned(options.pin.window).catch(withoutPosition));
  await client.query('ROLLBACK');
  return { ...rows.finish(), ...(engine ? { engine } : {}) };
}

/** A position would be one in a statement of Ciclo's. */
function withoutPosition(error: unknown): never {
  throw inQuery(error, '');
}

interface Batch {
  readonly fields: readonly pg.FieldDef[];
  readonly values: readonly (string | null)[][];
}

function readBatch(cursor: Cursor<(string | null)[]>): Promise<Batch> {
  return new Promise((resolve, reject) => {
    cursor.read(batchRows, (error, values, result) => {
      if (error) reject(error);
      else resolve({ fields: result.fields, values });
    });
  });
}

/** The query's columns under construction, and the digest of its rows. */
class QueryRows {
  count = 0;
  readonly #options: ReadOptions;
  readonly #logger: Logger;
  readonly #hash = createHash('sha256');
  #columns: { name: string; kind: ValueKind; column: ValueColumn }[] | undefined;

  constructor(options: ReadOptions, logger: Logger) {
    this.#options = options;
    this.#logger = logger;
  }

  add({ fields, values }: Batch): void {
    const columns = this.#columns ?? this.#begin(fields);
    for (const row of values) {
      this.#hash.update(`${JSON.stringify(row)}\n`);
      for (const [i, { name, kind, column }] of columns.entries()) {
        column.add(valueOfText(row[i] ?? null, kind, name));
      }
    }
    this.count += values.length;
  }

  finish(): SourceTable {
    const columns = (this.#columns ?? [])
      .filter(({ name }) => !this.#options.columns || this.#options.columns.has(name))
      .map(({ name, column }) => [name, column.finish()] as const);
    const digest = `sha256:${this.#hash.digest('hex')}`;
    return {
      table: { rows: this.count, columns: new Map(columns) },
      parts: [{ name: 'query', digest, firstRow: 0, rows: this.count }],
    };
  }

  #begin(fields: readonly pg.FieldDef[]) {
    const names = fields.map(({ name }) => name);
    if (names.length === 0) {
      throw new ConfigurationError('data.source.query answers no columns; it must be one SELECT');
    }
    checkNames(names, 'data.source.query');
    this.#hash.update(`${JSON.stringify(fields.map(({ name, dataTypeID }) => [name, dataTypeID]))}\n`);
    const columns = fields.map(({ name, dataTypeID }) => {
      const kind = kindOfType(dataTypeID, name);
      const remark = remarkOnType(dataTypeID, name);
      if (remark !== undefined && !this.#options.textColumns.has(name)) this.#logger.warn(remark);
      const kept = this.#options.textColumns.has(name) ? 'text' : kind;
      return { name, kind: kept, column: new ValueColumn(createMissingTest(this.#options, name), kept) };
    });
    this.#columns = columns;
    return columns;
  }
}
