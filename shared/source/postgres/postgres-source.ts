// Queries of PostgreSQL.
import { createHash } from 'node:crypto';
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { PostgresSourceConfig } from '../../config/sections/data-section.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { checkNames } from '../column-names.ts';
import { EnvironmentReferences } from '../environment-reference.ts';
import { createMissingTest } from '../missing.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';
import { ValueColumn, type ValueKind } from '../value-column.ts';
import { connectionFailure, queryFailure, timedOut } from './postgres-failure.ts';
import { kindOfType, valueOfText } from './postgres-value.ts';

const batchRows = 10_000;
const connectSeconds = 20;

/**
 * Reads the rows of a query in one read-only transaction, batch by batch through a cursor. See `readSource`.
 *
 * Texts of PostgreSQL's own are parsed here by column type; its session speaks UTC and ISO dates.
 *
 * @throws ConfigurationError, without secrets, when the server cannot be reached or refuses the query.
 */
export async function readPostgresSource(
  source: PostgresSourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  const references = new EnvironmentReferences(ports.environment);
  try {
    const url = urlOf(source, references);
    const client = await connect(url, [...references.names].join(', '));
    try {
      return await readQuery(client, source, options, ports);
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(references.redact(error.message));
  }
}

function urlOf(source: PostgresSourceConfig, references: EnvironmentReferences): URL {
  const text = references.resolve(source.url, 'data.source.url');
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new ConfigurationError(
      'data.source.url is not an address of PostgreSQL; it should be like postgres://user:password@host:5432/database',
    );
  }
  const url = new URL(text);
  if (url.password !== '' && !source.url.includes('${{')) {
    throw new ConfigurationError(
      'data.source.url holds a password; keep it out of the file: put the whole address into an environment ' +
        'variable and write url: ${{ env.CICLO_POSTGRES_URL }}',
    );
  }
  references.hide(url.password);
  references.hide(decodeURIComponent(url.password));
  return url;
}

async function connect(url: URL, variables: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url.href,
    connectionTimeoutMillis: connectSeconds * 1000,
    application_name: 'ciclo',
  });
  // A connection that breaks between two batches is reported by the next read.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    const host = url.hostname || url.searchParams.get('host') || 'localhost';
    throw connectionFailure(error, `${host}:${url.port || '5432'}${url.pathname}`, variables);
  }
}

async function readQuery(
  client: pg.Client,
  source: PostgresSourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  const end = ports.clock.now() + source.timeout * 1000;
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await client.query(
      `SET LOCAL statement_timeout = ${Math.ceil(source.timeout * 1000)}; SET LOCAL TIME ZONE 'UTC'; ` +
        "SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 1",
    );
    const cursor = client.query(
      new Cursor<(string | null)[]>(source.query, [], { rowMode: 'array', types: asText }),
    );
    const rows = new QueryRows(options);
    for (;;) {
      const batch = await readBatch(cursor);
      rows.add(batch);
      if (rows.count > source['max-rows']) {
        throw new ConfigurationError(
          `data.source.query answers more than ${source['max-rows']} rows, which is data.source.max-rows; ` +
            'raise it, or ask for less',
        );
      }
      ports.logger.progress({ task: 'collect query', done: rows.count });
      if (batch.values.length < batchRows) break;
      if (ports.clock.now() > end) throw timedOut(source.timeout);
    }
    await cursor.close();
    await client.query('ROLLBACK');
    return rows.finish();
  } catch (error) {
    throw queryFailure(error, source.query, source.timeout);
  }
}

/** Values as PostgreSQL writes them: they are parsed by column type here. */
const asText: pg.CustomTypesConfig = { getTypeParser: () => (value: string | Buffer) => String(value) };

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
  readonly #hash = createHash('sha256');
  #columns: { name: string; kind: ValueKind; column: ValueColumn }[] | undefined;

  constructor(options: ReadOptions) {
    this.#options = options;
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
      const kept = this.#options.textColumns.has(name) ? 'text' : kind;
      return { name, kind: kept, column: new ValueColumn(createMissingTest(this.#options, name), kept) };
    });
    this.#columns = columns;
    return columns;
  }
}
