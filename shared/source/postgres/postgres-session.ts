import pg from 'pg';
import type { PostgresSourceConfig } from '../../config/sections/sources/postgres-source.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { second, timerDelay } from '../../platform/time-lengths.ts';
import { EnvironmentReferences } from '../remote/environment-reference.ts';
import type { SourcePorts } from '../types.ts';
import {
  connectionFailure,
  isBroken,
  silentFailure,
  type TimeLimit,
  Unreachable,
} from './postgres-failure.ts';

const connectSeconds = 20;
/** Beyond a statement's time, for the answer to arrive. */
const silentSeconds = 5;

/** What is waited before each further try where a connection breaks. Milliseconds. */
export const restartPauses: readonly number[] = [1000, 5000];

/** A read-only transaction of one server, which sees one state of the data from its first statement on. */
export interface PostgresSession {
  readonly client: pg.Client;
  /** Host, port and database, without credentials. */
  readonly server: string;
  /** For each statement, and for each fetch of a cursor's rows. */
  readonly limit: TimeLimit;
  /**
   * What the server answers to a statement or a fetch. It stops them by itself when their time is over, so that one that is not
   * heard of for longer is gone without a word.
   */
  answer<T>(asked: Promise<T>): Promise<T>;
  /** A message without the secrets of the address. */
  redact(message: string): string;
  close(): Promise<void>;
}

/**
 * Opens a session that speaks UTC and ISO dates. The role's own limit of time holds where it is the shorter one.
 *
 * @throws ConfigurationError, without secrets, when the server cannot be reached.
 */
export async function openSession(
  source: PostgresSourceConfig,
  { environment }: Pick<SourcePorts, 'environment'>,
): Promise<PostgresSession> {
  const references = new EnvironmentReferences(environment);
  try {
    const url = urlOf(source, references);
    const variables = [...references.names].join(', ');
    const server = serverOf(url);
    const { client, lost } = await connect(url, variables);
    const close = () => endOf(client);
    try {
      const limit = await within(begin(client, source.timeout), connectSeconds, (seconds) =>
        silentFailure(server, seconds),
      );
      const redact = (message: string): string => references.redact(message);
      const answer = <T>(asked: Promise<T>): Promise<T> =>
        within(asked, limit.seconds + silentSeconds, (seconds) => silentFailure(server, seconds)).catch(
          (error: unknown) => {
            // Between two statements nobody hears why; the next one is told that there is no connection.
            throw isBroken(error) ? error : (lost() ?? error);
          },
        );
      return { client, server, limit, answer, redact, close };
    } catch (error) {
      await close();
      throw error instanceof ConfigurationError ? error : connectionFailure(error, server, variables);
    }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const message = references.redact(error.message);
    throw error instanceof Unreachable
      ? new Unreachable(message, error.passing)
      : new ConfigurationError(message);
  }
}

async function within<T>(
  asked: Promise<T>,
  seconds: number,
  failure: (seconds: number) => ConfigurationError,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failure(seconds)), timerDelay(seconds * second));
  });
  try {
    return await Promise.race([asked, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Takes leave; of a server that does not answer any more, without. */
async function endOf(client: pg.Client): Promise<void> {
  const ended = client.end().catch(() => undefined);
  await within(ended, silentSeconds, () => new ConfigurationError('no answer')).catch(() => {
    const { stream } = Reflect.get(client, 'connection') as { stream: { destroy(): void } };
    stream.destroy();
  });
}

async function begin(client: pg.Client, seconds: number): Promise<TimeLimit> {
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  const answer = await client.query<{ setting: string }>(
    "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'",
  );
  // 0 is none.
  const own = Number(answer.rows[0]?.setting ?? 0) / 1000;
  const limit =
    own > 0 && own < seconds ? ({ seconds: own, of: 'role' } as const) : { seconds, of: 'source' as const };
  await client.query(
    `SET LOCAL statement_timeout = ${timerDelay(Math.ceil(limit.seconds * second))}; SET LOCAL TIME ZONE 'UTC'; ` +
      "SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 1",
  );
  return limit;
}

function urlOf(source: PostgresSourceConfig, references: EnvironmentReferences): URL {
  const text = references.resolveAddress(source.url, 'data.source.url');
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new ConfigurationError(
      'data.source.url is not an address of PostgreSQL; it should be like postgres://user:password@host:5432/database',
    );
  }
  const url = new URL(text);
  // The driver takes it from there, too.
  const asked = url.searchParams.get('password') ?? '';
  if ((url.password !== '' || asked !== '') && !source.url.includes('${{')) {
    throw new ConfigurationError(
      'data.source.url holds a password; keep it out of the file: put the whole address into an environment ' +
        'variable and write url: ${{ env.CICLO_POSTGRES_URL }}',
    );
  }
  for (const secret of [url.password, asked]) references.hide(secret);
  if (![url.username, url.password, url.pathname].every(isEncoded)) {
    throw new ConfigurationError(
      'data.source.url holds a "%" in user, password or database that begins no percent-encoding; write %25 where a "%" is meant',
    );
  }
  references.hide(decodeURIComponent(url.password));
  return url;
}

/** Whether each "%" of a part of an address stands for a byte of UTF-8, as the driver reads it. */
function isEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

function serverOf(url: URL): string {
  const host = url.hostname || url.searchParams.get('host') || 'localhost';
  return `${host}:${url.port || '5432'}${url.pathname}`;
}

async function connect(
  url: URL,
  variables: string,
): Promise<{ readonly client: pg.Client; readonly lost: () => Error | undefined }> {
  const client = new pg.Client({
    connectionString: url.href,
    connectionTimeoutMillis: connectSeconds * 1000,
    application_name: 'ciclo',
  });
  let lost: Error | undefined;
  client.on('error', (error) => {
    lost ??= error;
  });
  try {
    await client.connect();
    return { client, lost: () => lost };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw connectionFailure(error, serverOf(url), variables);
  }
}
