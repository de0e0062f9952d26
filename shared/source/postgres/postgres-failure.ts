import { ConfigurationError, messageOf, quote } from '../../platform/errors.ts';
import { certificateWords } from '../remote/certificate-failure.ts';

/** What PostgreSQL and its driver say of an error: see appendix A of PostgreSQL's documentation for the codes. */
interface Details {
  readonly code: string;
  readonly position: number;
  readonly hint: string;
}

function detailsOf(error: unknown): Details {
  const text = (name: string): string => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { code: text('code'), position: Number(text('position')), hint: text('hint') };
}

/** A server that does not let anybody in, whatever the credentials. */
export class Unreachable extends ConfigurationError {
  /** It says itself that this will pass. */
  readonly passing: boolean;

  constructor(message: string, passing: boolean) {
    super(message);
    this.passing = passing;
  }
}

/** It is starting, or has as many connections as it takes. */
const passing: ReadonlySet<string> = new Set(['57P03', '53300']);

/** @param server host, port and database, without credentials. */
export function connectionFailure(error: unknown, server: string, variables: string): ConfigurationError {
  const { code } = detailsOf(error);
  const start = `cannot connect to PostgreSQL at ${server}`;
  const check = variables === '' ? 'check data.source.url' : `check the value of ${variables}`;
  if (code === '28P01' || code === '28000') {
    return new ConfigurationError(`${start}: it does not accept user and password; ${check}`);
  }
  if (code === '3D000') return new ConfigurationError(`${start}: it has no such database; ${check}`);
  const tls = certificateWords(error);
  if (tls !== undefined) {
    return new ConfigurationError(`${start}: ${tls}, or by sslrootcert=<file> in the address`);
  }
  return new Unreachable(
    `${start}: ${messageOf(error) || code}; is it running and reachable from here, and do host and port hold? ` +
      check.replace(/^c/, 'C'),
    passing.has(code),
  );
}

/** How long a statement may take, in seconds, and who says so. */
export interface TimeLimit {
  readonly seconds: number;
  readonly of: 'source' | 'role';
}

/** @param query of the user's, where positions in errors are in it. */
export function queryFailure(error: unknown, query: string, limit: TimeLimit): ConfigurationError {
  if (error instanceof ConfigurationError) return error;
  const { code, position, hint } = detailsOf(error);
  if (code === '25006') {
    return new ConfigurationError(
      `data.source.query may only read: PostgreSQL refused ${quote(firstWord(query))} in a read-only ` +
        'transaction; write one SELECT',
    );
  }
  // An administrator can stop a statement, too.
  if (code === '57014' && !/user request/.test(messageOf(error))) return timedOut(limit);
  const where = position > 0 ? ` at ${placeOf(query, position)}` : '';
  const advice =
    code === '42501'
      ? '; have the role of the address allowed to read it (GRANT SELECT, and GRANT USAGE on its schema), or ask for what it may read'
      : hint === ''
        ? ''
        : `; hint: ${hint}`;
  return new ConfigurationError(`data.source.query${where}: ${messageOf(error)}${advice}`, { cause: error });
}

/** @param seconds for which nothing was heard. */
export function silentFailure(server: string, seconds: number): ConfigurationError {
  return new ConfigurationError(
    `PostgreSQL at ${server} gave no answer for ${seconds} s, and did not say that it stops the query either: is it still reachable from here?`,
  );
}

/** The error for a query that a limit of time stopped: that of the source, or that of the role. */
export function timedOut({ seconds, of }: TimeLimit): ConfigurationError {
  return new ConfigurationError(
    of === 'source'
      ? `data.source.query took longer than ${seconds} s and was stopped; raise data.source.timeout, or ask for less`
      : `data.source.query took longer than ${seconds} s, which is the statement_timeout of the role, and was stopped; have it raised (ALTER ROLE … SET statement_timeout), or ask for less`,
  );
}

/** Whether a connection has ended, whatever the statement: the server went away, or what lies between closed it. */
export function isBroken(error: unknown): boolean {
  const { code } = detailsOf(error);
  // Classes 08 (connection) and the shutdowns of 57P.
  if (/^(08...|57P0[123]|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code)) return true;
  return code === '' && error instanceof Error && /^Connection terminated/.test(error.message);
}

/** @param server host, port and database. @param tries how often it was tried in all; 1 where it is not tried again. */
export function brokenFailure(error: unknown, server: string, tries: number): ConfigurationError {
  return new ConfigurationError(
    `the connection to PostgreSQL at ${server} broke while ${tries === 1 ? 'it was asked' : `rows were read, ${tries} times in a row`}: ${messageOf(error)}; is the server being restarted, or does something on the way close long connections?`,
    { cause: error },
  );
}

function firstWord(query: string): string {
  return /^\s*(\w+)/.exec(query)?.[1] ?? query;
}

/** Line, column and text of a position, which counts characters from 1. */
function placeOf(query: string, position: number): string {
  const before = [...query].slice(0, position - 1).join('');
  const lines = before.split('\n');
  const rest = query.slice(before.length).split('\n')[0]!;
  return `line ${lines.length}, column ${lines.at(-1)!.length + 1} (${quote(rest.slice(0, 40))})`;
}
