// @duckdb/node-api, which is loaded here and nowhere else, and only for a source of DuckDB.
import { createRequire } from 'node:module';
import path from 'node:path';
import { ConfigurationError, messageOf } from '../../platform/errors.ts';
import { findPackage, type PackagePlaces } from '../../platform/package-places.ts';
import type { StoredValue } from '../columns/stored-value.ts';

export const duckdbPackage = '@duckdb/node-api';

/** The version that Ciclo is tested with. */
export const duckdbVersion = '1.5.6-r.1';

/** A part of an answer. */
export interface DuckDbChunk {
  readonly rowCount: number;
  readonly columnCount: number;
  getColumnValues(column: number): readonly StoredValue[];
  getColumnVector(column: number): { getItem(row: number): StoredValue };
}

/** An answer that is fetched part by part. */
interface DuckDbAnswer {
  fetchChunk(): Promise<DuckDbChunk | null>;
}

/** A statement that has been understood and not yet run. */
interface DuckDbStatement {
  readonly statementType: number;
  readonly columnCount: number;
  columnName(column: number): string;
  /** `alias` is the name of a type that is stored as another one, such as JSON. */
  columnType(column: number): { readonly alias?: string; toString(): string };
  destroySync(): void;
}

/** What is used of a connection. */
export interface DuckDbConnection {
  run(sql: string): Promise<unknown>;
  stream(sql: string): Promise<DuckDbAnswer>;
  extractStatements(
    sql: string,
  ): Promise<{ readonly count: number; prepare(index: number): Promise<DuckDbStatement> }>;
  interrupt(): void;
  closeSync(): void;
}

/** What is used of the package. */
export interface DuckDb {
  readonly DuckDBInstance: {
    create(
      database: string,
      options: Readonly<Record<string, string>>,
    ): Promise<{ connect(): Promise<DuckDbConnection>; closeSync(): void }>;
  };
  readonly StatementType: { readonly SELECT: number };
}

/**
 * Loads @duckdb/node-api from where it is installed.
 *
 * @throws ConfigurationError that says the command to run when it is nowhere, or cannot be loaded where it is.
 */
export async function loadDuckDb(places: PackagePlaces): Promise<DuckDb> {
  const command = `npm install --ignore-scripts ${duckdbPackage}@${duckdbVersion}`;
  const file = await findPackage(duckdbPackage, places);
  if (file === undefined) {
    const [first = '.'] = places.folders;
    throw new ConfigurationError(
      `data.source is of type duckdb, which ${duckdbPackage} reads, and that is not installed: run "${command}" in ${path.resolve(first)}`,
    );
  }
  try {
    return createRequire(file)(file) as DuckDb;
  } catch (error) {
    throw new ConfigurationError(
      `cannot load ${duckdbPackage} from ${file}: ${messageOf(error).split('\n')[0]}; install it again with "${command}" (it has files for Linux, macOS and Windows, on x64 and arm64)`,
      { cause: error },
    );
  }
}
