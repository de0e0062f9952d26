import type { TrinoSourceConfig } from '../../config/sections/sources/trino-source.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { SqlColumn, SqlValue } from '../../sql/dialect.ts';
import { subquery } from '../../sql/quoting.ts';
import { trinoDialect } from '../../sql/trino-dialect.ts';
import { checkDistinct, checkNames } from '../columns/column-names.ts';
import { NoAnswer } from '../remote/tries.ts';
import type { SourceEngine } from '../source-engine.ts';
import type { SourcePorts } from '../types.ts';
import type { TrinoColumn } from './trino-answer.ts';
import { TrinoClient } from './trino-client.ts';
import { LostQuery, queryFailure } from './trino-failure.ts';
import { serverOf, type TrinoServer } from './trino-server.ts';
import { columnOfType } from './trino-type.ts';

const start = 'SELECT * FROM (';
/**
 * What is waited before a statement that the server lost is put again: after half a minute a coordinator knows of a worker that it
 * is gone. Milliseconds.
 */
const waits = [5000, 30_000];

/** Some rows of an answer. */
export type TrinoRows = readonly (readonly SqlValue[])[];

/** Trino with a query that it has understood. */
export interface TrinoEngine extends SourceEngine {
  /** The rows of a statement, part by part; the next part is asked for when it is wanted. @throws LostQuery */
  stream(sql: string): AsyncGenerator<TrinoRows>;
  /** Does a thing again, from its start, while the server loses its statement. */
  again<T>(attempt: () => Promise<T>): Promise<T>;
}

/**
 * Trino with a query. Every statement of Ciclo's has the query as a subquery, so that it can only read.
 *
 * @throws ConfigurationError, without secrets, when the server cannot be reached or refuses the query.
 */
export async function openTrino(source: TrinoSourceConfig, ports: SourcePorts): Promise<TrinoEngine> {
  const server = serverOf(source, ports.environment);
  const client = new TrinoClient(server, ports);
  const again = retrying(server, ports);
  async function* stream(sql: string): AsyncGenerator<TrinoRows> {
    for await (const { rows, error } of client.answers(sql, source.timeout)) {
      if (error) throw queryFailure(error);
      if (rows.length > 0) yield rows;
    }
  }
  return {
    dialect: trinoDialect,
    query: source.query,
    columns: await again(() => columnsOf(client, source)),
    stream,
    again,
    ask: (sql) =>
      again(async () => {
        const all: SqlValue[][] = [];
        for await (const rows of stream(sql)) all.push(...rows.map((row) => [...row]));
        return all;
      }),
    // There is no session: whatever was asked is answered, or cancelled.
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** What the query answers, before it is run. @throws ConfigurationError for anything but one SELECT. */
async function columnsOf(client: TrinoClient, { query, timeout }: TrinoSourceConfig): Promise<SqlColumn[]> {
  let found: readonly TrinoColumn[] = [];
  for await (const { columns, error } of client.answers(
    `SELECT * FROM ${subquery(query)} LIMIT 0`,
    timeout,
  )) {
    if (error) throw queryFailure(error, { query, before: start });
    found = columns ?? found;
  }
  const names = found.map(({ name }) => name);
  checkNames(names, 'data.source.query');
  // In SQL names are the same whatever their case.
  checkDistinct(
    names.map((name) => name.toLowerCase()),
    'data.source.query',
  );
  return found.map(({ name, type }) => columnOfType(name, type));
}

/** A server that has answered, and then gives no answer any more, is being restarted as one that has lost a statement is. */
function retrying(
  { name, redact }: TrinoServer,
  { clock, logger }: Pick<SourcePorts, 'clock' | 'logger'>,
): TrinoEngine['again'] {
  let answered = false;
  return async (attempt) => {
    for (let tries = 1; ; tries++) {
      try {
        const outcome = await attempt();
        answered = true;
        return outcome;
      } catch (error) {
        const away = error instanceof NoAnswer && answered;
        if (!away && !(error instanceof LostQuery)) {
          throw error instanceof ConfigurationError ? new ConfigurationError(redact(error.message)) : error;
        }
        const words = redact(error.message);
        if (tries > waits.length) {
          throw new ConfigurationError(
            away
              ? words
              : `Trino at ${name} lost the query, ${tries} times in a row: ${words}; are its servers being restarted, or do they run out of memory?`,
          );
        }
        const what = away ? 'it gives no answer any more' : words;
        logger.info(`Trino at ${name} lost the query (${what}); trying again`);
        await clock.sleep(waits[tries - 1]!);
      }
    }
  };
}
