import type { Dialect, Scan, SqlColumn, SqlValue } from '../sql/dialect.ts';

/** An engine that answers statements on the rows of a source, all of them on the same rows as far as it can. */
export interface SourceEngine extends AsyncDisposable {
  readonly dialect: Dialect;
  /** The source's SELECT. */
  readonly query: string;
  /** Columns of its rows, in their order. */
  readonly columns: readonly SqlColumn[];
  /** @throws ConfigurationError for whatever is wrong. */
  ask(sql: string): Promise<SqlValue[][]>;
  /** Of an engine that runs in this process: an answer of doubles. */
  readonly scan?: Scan | undefined;
}
