import { ConfigurationError, messageOf, quote } from '../../platform/errors.ts';

/** What an error of DuckDB says: kind, message, and where in the statement. */
function parts(error: unknown): { text: string; kind: string; line?: number; column?: number } {
  const [head = '', place = ''] = messageOf(error).split(/\n\nLINE /);
  const [, kind = '', text = head] =
    /^(?:Failed to extract statements: )?([A-Z][A-Za-z ]*) Error: ([\s\S]*)$/.exec(head) ?? [];
  const at = /^(\d+): (.*)\n( *)\^/.exec(place);
  if (!at) return { text, kind };
  const before = `LINE ${at[1]}: `.length;
  return { text, kind, line: Number(at[1]), column: at[3]!.length - before + 1 };
}

/**
 * @param query of the user's, where the error is of it as it stands.
 * @param timeout seconds.
 */
export function queryFailure(error: unknown, query: string | undefined, timeout: number): ConfigurationError {
  if (error instanceof ConfigurationError) return error;
  const { text, kind, line, column } = parts(error);
  const words = text.replaceAll(/\s*\n\s*/g, '; ').trim();
  if (kind === 'INTERRUPT') {
    return tookTooLong(timeout);
  }
  if (kind === 'Out of Memory') {
    return new ConfigurationError(
      `data.source.query needs more memory than it has (${words}); raise data.source.memory, or ask for less`,
      { cause: error },
    );
  }
  if (/extension/i.test(words) && /install|load/i.test(words)) {
    return new ConfigurationError(
      `data.source.query needs an extension of DuckDB, and none is downloaded here: parquet, json and icu are built in (${words.split(';')[0]})`,
      { cause: error },
    );
  }
  const where = line !== undefined && query !== undefined ? ` at ${placeOf(query, line, column!)}` : '';
  return new ConfigurationError(`data.source.query${where}: ${words}`, { cause: error });
}

/** A query that was stopped. @param timeout s. */
export function tookTooLong(timeout: number): ConfigurationError {
  return new ConfigurationError(
    `data.source.query took longer than ${timeout} s and was stopped; raise data.source.timeout, or ask for less`,
  );
}

/** A line that is long is shown in part, with dots: then its column is unknown. */
function placeOf(query: string, line: number, column: number): string {
  const text = query.split('\n')[line - 1] ?? '';
  if (text.length > 70) return `line ${line}`;
  return `line ${line}, column ${column} (${quote(text.slice(column - 1, column + 39))})`;
}

/** @param database as ciclo.yml has it. */
export function openFailure(error: unknown, database: string): ConfigurationError {
  if (error instanceof ConfigurationError) return error;
  const { text } = parts(error);
  const words = text.replaceAll(/\s*\n\s*/g, '; ').trim();
  if (/could not set lock/i.test(words)) {
    return new ConfigurationError(
      `data.source.database: another process has ${quote(database)} open to write into it, and DuckDB lets nobody read it meanwhile; read it when that has ended, or read a copy`,
      { cause: error },
    );
  }
  return new ConfigurationError(
    `data.source.database: cannot open ${quote(database)} as a database of DuckDB: ${words}`,
    { cause: error },
  );
}
