// Queries of PostgreSQL.
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { PostgresSourceConfig } from '../../config/sections/sources/postgres-source.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { timerDelay } from '../../platform/time-lengths.ts';
import { checkNames } from '../columns/column-names.ts';
import { checkRowLimit } from '../columns/row-limit.ts';
import { MarkerWatch } from '../columns/told-markers.ts';
import { ValueColumn, type ValueKind } from '../columns/value-column.ts';
import { enginePin } from '../engine-pin.ts';
import { isKeptAsText } from '../kept-text.ts';
import type { PinnedWindow, ReadOptions, SourcePorts } from '../types.ts';
import { engineOn, inQuery } from './postgres-engine.ts';
import { type Exchanged, fetchRows, openRows } from './postgres-exchange.ts';
import { brokenFailure, isBroken, queryFailure, timedOut, Unreachable } from './postgres-failure.ts';
import { openSession, type PostgresSession, restartPauses } from './postgres-session.ts';
import { remarksOnTypes } from './postgres-type.ts';
import { kindOfType, valueOfText, withoutFilling } from './postgres-value.ts';

const batchRows = 10_000;

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
  const again = async (tries: number, what: string): Promise<void> => {
    ports.logger.info(`${what}; trying again`);
    await ports.clock.sleep(restartPauses[tries - 1]!);
  };
  for (let tries = 1; ; tries++) {
    const session = await openSession(source, ports).catch((error: unknown) => {
      // A server that is being restarted is away for a while.
      if (error instanceof Unreachable && tries <= restartPauses.length && (error.passing || tries > 1))
        return error;
      throw error;
    });
    if (session instanceof Unreachable) {
      await again(tries, session.message);
      continue;
    }
    try {
      return await readQuery(session, source, options, ports);
    } catch (error) {
      if (isBroken(error) && tries <= restartPauses.length) {
        await again(tries, `the connection to PostgreSQL at ${session.server} broke`);
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
  const { client, answer, limit } = session;
  const end = ports.clock.now() + source.timeout * 1000;
  const fetch = (): Promise<Exchanged> => {
    // The source's time is that of all rows, the role's is that of a statement.
    const left = end - ports.clock.now();
    if (left <= 0) throw timedOut({ seconds: source.timeout, of: 'source' });
    return fetchRows(
      client,
      batchRows,
      left < limit.seconds * 1000 ? timerDelay(Math.ceil(left)) : undefined,
    );
  };
  const fields = await answer(openRows(client, source.query));
  // What is no SELECT the server refuses in its own words, when it is run.
  if (fields.length === 0) await answer(fetch());
  const rows = new QueryRows(fields, options);
  const told = fields.filter(({ name }) => !options.textColumns.has(name));
  for (const remark of await answer(remarksOnTypes(client, told))) ports.logger.warn(remark);
  for (;;) {
    const batch = await answer(fetch());
    rows.add(batch);
    checkRowLimit(rows.count, source['max-rows']);
    ports.logger.progress({ task: 'collect query', done: rows.count });
    if (!batch.suspended) break;
  }
  // Of the same state of the data: the transaction sees no other.
  const pinned = async (window?: PinnedWindow) => enginePin(await engineOn(session, source), window);
  const engine = options.pin && (await pinned(options.pin.window).catch(withoutPosition));
  return { ...rows.finish(ports.logger), ...(engine ? { engine } : {}) };
}

/** A position would be one in a statement of Ciclo's. */
function withoutPosition(error: unknown): never {
  throw inQuery(error, '');
}

/** The query's columns under construction, and the digest of its rows. */
class QueryRows {
  count = 0;
  readonly #options: ReadOptions;
  readonly #markers: MarkerWatch;
  readonly #hash = createHash('sha256');
  readonly #columns: readonly { name: string; oid: number; kind: ValueKind; column: ValueColumn }[];

  /** @throws ConfigurationError for columns that a table cannot hold. */
  constructor(fields: readonly pg.FieldDef[], options: ReadOptions) {
    this.#options = options;
    this.#markers = new MarkerWatch(options);
    const names = fields.map(({ name }) => name);
    if (names.length === 0) {
      throw new ConfigurationError('data.source.query answers no columns; it must be one SELECT');
    }
    checkNames(names, 'data.source.query');
    this.#hash.update(`${JSON.stringify(fields.map(({ name, dataTypeID }) => [name, dataTypeID]))}\n`);
    this.#columns = fields.map(({ name, dataTypeID }) => {
      const kind = kindOfType(dataTypeID, name);
      const kept = isKeptAsText(options, name, kind) ? 'text' : kind;
      return { name, oid: dataTypeID, kind: kept, column: new ValueColumn(this.#markers.testOf(name), kept) };
    });
  }

  add({ rows }: Pick<Exchanged, 'rows'>): void {
    for (const row of rows) {
      this.#hash.update(`${JSON.stringify(row)}\n`);
      for (const [i, { name, oid, kind, column }] of this.#columns.entries()) {
        column.add(valueOfText(withoutFilling(row[i] ?? null, oid), kind, name));
      }
    }
    this.count += rows.length;
  }

  finish(logger: Logger): SourceTable {
    const columns = this.#columns
      .filter(({ name }) => !this.#options.columns || this.#options.columns.has(name))
      .map(({ name, column }) => [name, column.finish()] as const);
    for (const remark of this.#markers.remarks(columns, true)) logger.warn(remark);
    const digest = `sha256:${this.#hash.digest('hex')}`;
    return {
      table: { rows: this.count, columns: new Map(columns) },
      parts: [{ name: 'query', digest, firstRow: 0, rows: this.count }],
    };
  }
}
