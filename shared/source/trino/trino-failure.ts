import { ConfigurationError, quote } from '../../platform/errors.ts';
import type { TrinoError } from './trino-answer.ts';
import type { TrinoServer } from './trino-server.ts';

/** A statement that the server has lost, by no fault of the statement's: it may be put again. */
export class LostQuery extends Error {
  override name = 'LostQuery';
}

/** Errors of servers that come and go: <https://github.com/trinodb/trino/blob/435/core/trino-spi/src/main/java/io/trino/spi/StandardErrorCode.java>. */
const passing: ReadonlySet<string> = new Set([
  ...['PAGE_TRANSPORT_ERROR', 'PAGE_TRANSPORT_TIMEOUT', 'NO_NODES_AVAILABLE', 'REMOTE_TASK_ERROR'],
  ...['REMOTE_TASK_MISMATCH', 'REMOTE_HOST_GONE', 'SERVER_SHUTTING_DOWN', 'SERVER_STARTING_UP'],
  ...['ABANDONED_QUERY', 'ABANDONED_TASK', 'TOO_MANY_REQUESTS_FAILED'],
]);

const memory = /^(EXCEEDED_(LOCAL|GLOBAL|SPILL)_?(MEMORY)?_LIMIT|CLUSTER_OUT_OF_MEMORY)$/;

/** @param seconds of the source. */
export function timedOut(seconds: number): ConfigurationError {
  return new ConfigurationError(
    `data.source.query took longer than ${seconds} s and was stopped; raise data.source.timeout, or ask for less`,
  );
}

/**
 * @param query of the user's, where the error is of the statement that begins with `before` and goes on with it.
 */
export function queryFailure(
  error: TrinoError,
  { query, before = '' }: { readonly query?: string; readonly before?: string } = {},
): ConfigurationError | LostQuery {
  const { name, message, place } = error;
  const words = wordsOf(message);
  if (passing.has(name)) return new LostQuery(words);
  const where = query === undefined || !place ? '' : ` at ${placeOf(query, place, before.length)}`;
  return new ConfigurationError(`data.source.query${where}: ${words}${adviceOn(error)}`);
}

/** Without the list of all that could stand at a place, and on one line. */
function wordsOf(message: string): string {
  const line = message
    .replaceAll(/\s*\n\s*/g, '; ')
    .trim()
    .replace(/\.$/, '');
  return line.replace(/\. Expecting: .*$/, (list) => (list.length > 80 ? '' : list));
}

function adviceOn({ name, message }: TrinoError): string {
  if (name === 'PERMISSION_DENIED') {
    return '; the user may not read this: have it granted, or write a query without it';
  }
  if (
    name === 'ADMINISTRATIVELY_KILLED' ||
    name === 'ADMINISTRATIVELY_PREEMPTED' ||
    name === 'USER_CANCELED'
  ) {
    return '; somebody ended the query in Trino: run again, or ask whoever runs the cluster why';
  }
  if (name === 'EXCEEDED_TIME_LIMIT') {
    return '; that is a limit of the server (query.max-run-time and the like): have it raised, or ask for less';
  }
  if (memory.test(name)) return '; ask for fewer rows or columns, or have the limits of the cluster raised';
  if (name === 'QUERY_QUEUE_FULL') return '; run again later';
  if (name === 'MISSING_CATALOG_NAME' || name === 'MISSING_SCHEMA_NAME') {
    return '; write data.source.catalog and data.source.schema, or name tables as catalog.schema.table';
  }
  if (name === 'SYNTAX_ERROR') return '; data.source.query must be one SELECT';
  if (/^Column '_col\d+' cannot be resolved/.test(message)) {
    return '; every column of the query needs a name: write AS name';
  }
  return '';
}

/** Line, column and text of a place, the first line beginning behind so many characters of Ciclo's. */
function placeOf(query: string, { line, column }: NonNullable<TrinoError['place']>, before: number): string {
  const own = line === 1 ? Math.max(1, column - before) : column;
  const text = (query.split('\n')[line - 1] ?? '').slice(own - 1, own + 39);
  return `line ${line}, column ${own}${text === '' ? '' : ` (${quote(text)})`}`;
}

/** An answer that is none of Trino's. */
export interface Refusal {
  readonly status: number;
  /** The first words of its body, in quotes. */
  readonly words: string;
  readonly location: string | null;
}

/** @returns what there is to do about it. */
export function refusalOf(
  { status, words, location }: Refusal,
  { name, credentials, check }: Pick<TrinoServer, 'name' | 'credentials' | 'check'>,
): ConfigurationError {
  const start = `cannot ask Trino at ${name}`;
  if (status === 401) {
    const what = {
      password: `it does not accept user and password; ${check}`,
      token: `it does not accept the token, which may have expired; ${check}`,
      none: 'it asks for a password or a token: write user and password, or token, as ${{ env.CICLO_… }}',
    };
    return new ConfigurationError(`${start}: ${what[credentials]}`);
  }
  if (status === 403) {
    return new ConfigurationError(
      `${start}: it refuses access to the user, saying ${words}; have it granted, or ${check}`,
    );
  }
  if (status >= 300 && status < 400) {
    const to = location !== null && URL.canParse(location) ? new URL(location).origin : 'elsewhere';
    return new ConfigurationError(
      `${start}: it sends on to ${to}, where nothing is sent without your word; write that address into data.source.url if it is right`,
    );
  }
  const what = status === 200 ? 'answered something that is none of its answers' : `answered ${status}`;
  return new ConfigurationError(
    `${start}: it ${what}, saying ${words}; is it a coordinator of Trino? ${check.replace(/^c/, 'C')}`,
  );
}
