import type pg from 'pg';
import type { PostgresSourceConfig } from '../../config/sections/sources/postgres-source.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { SqlColumn } from '../../sql/dialect.ts';
import { postgresDialect } from '../../sql/postgres-dialect.ts';
import { subquery } from '../../sql/quoting.ts';
import { checkNames } from '../columns/column-names.ts';
import type { SourceEngine } from '../source-engine.ts';
import type { SourcePorts } from '../types.ts';
import { allRows } from './postgres-exchange.ts';
import { brokenFailure, isBroken, queryFailure, Unreachable } from './postgres-failure.ts';
import { openSession, type PostgresSession, restartPauses } from './postgres-session.ts';
import { kindOfType } from './postgres-value.ts';

const start = 'SELECT * FROM ';
/** Types whose values doubles have not exactly as they are, or that a cast does not read or write as they are. */
const types: Readonly<Record<number, string>> = {
  ...{ 20: 'int8', 26: 'oid', 869: 'inet', 700: 'float4', 701: 'float8', 1700: 'numeric' },
};

/** A session, and its engine. */
interface OpenEngine {
  readonly session: PostgresSession;
  readonly engine: Omit<SourceEngine, keyof AsyncDisposable>;
}

/**
 * PostgreSQL with a query that it has understood; all statements see one state of the data. Where the connection breaks before
 * anything was answered, another one is opened.
 *
 * @throws ConfigurationError, without secrets, when the server cannot be reached or refuses the query.
 */
export async function openPostgres(source: PostgresSourceConfig, ports: SourcePorts): Promise<SourceEngine> {
  const first = await opened(source, ports);
  let current = Promise.resolve(first);
  let used = false;
  const ask: SourceEngine['ask'] = async (sql) => {
    for (let tries = 1; ; tries++) {
      const asked = current;
      try {
        const answer = await (await asked).engine.ask(sql);
        used = true;
        return answer;
      } catch (error) {
        const passes = isBroken(error) || error instanceof Unreachable;
        // What comes later must be of the same state of the data as what came before.
        if (!passes || used || tries > restartPauses.length) throw failureOf(error, first.session, '');
        // Of several that notice, the first one opens.
        if (asked === current) current = reopened(asked, { source, ports, tries });
      }
    }
  };
  const close = async (): Promise<void> => {
    const open = await current.catch(() => undefined);
    await open?.session.close();
  };
  return { ...first.engine, ask, [Symbol.asyncDispose]: close };
}

async function opened(source: PostgresSourceConfig, ports: SourcePorts): Promise<OpenEngine> {
  const session = await openSession(source, ports);
  try {
    return { session, engine: await engineOn(session, source) };
  } catch (error) {
    await session.close();
    throw failureOf(error, session, source.query);
  }
}

async function reopened(
  broken: Promise<OpenEngine>,
  { source, ports, tries }: { source: PostgresSourceConfig; ports: SourcePorts; tries: number },
): Promise<OpenEngine> {
  const before = await broken.catch(() => undefined);
  await before?.session.close();
  const what = before
    ? `the connection to PostgreSQL at ${before.session.server} broke`
    : 'PostgreSQL does not answer yet';
  ports.logger.info(`${what}; trying again`);
  await ports.clock.sleep(restartPauses[tries - 1]!);
  return await opened(source, ports);
}

/**
 * The engine of a session's own state of the data. Its errors are those of the driver.
 *
 * @throws ConfigurationError for columns that a table cannot hold.
 */
export async function engineOn(
  { client, answer }: PostgresSession,
  { query }: PostgresSourceConfig,
): Promise<Omit<SourceEngine, keyof AsyncDisposable>> {
  const { fields } = await answer(allRows(client, `${start}${subquery(query)} LIMIT 0`));
  return {
    ...{ dialect: postgresDialect, query, columns: columnsOf(fields) },
    ask: async (sql) => (await answer(allRows(client, sql))).rows.map((row) => [...row]),
  };
}

/** @throws ConfigurationError for columns of one name, and of bytes. */
function columnsOf(fields: readonly pg.FieldDef[]): SqlColumn[] {
  const names = fields.map(({ name }) => name);
  checkNames(names, 'data.source.query');
  return fields.map(({ name, dataTypeID }) => ({
    name,
    kind: kindOfType(dataTypeID, name),
    type: types[dataTypeID] ?? '',
  }));
}

function failureOf(
  error: unknown,
  { server, limit, redact }: PostgresSession,
  query: string,
): ConfigurationError {
  const told = isBroken(error)
    ? brokenFailure(error, server, 1)
    : queryFailure(inQuery(error, query), query, limit);
  return new ConfigurationError(redact(told.message));
}

/** The error with its position in the user's query, which a subquery begins with; without one where it is of another statement. */
export function inQuery(error: unknown, query: string): unknown {
  if (!(error instanceof Error)) return error;
  const position = Number(Reflect.get(error, 'position') ?? 0) - start.length - 1;
  const known = query !== '' && position > 0;
  Reflect.set(error, 'position', known ? String(position) : undefined);
  return error;
}
