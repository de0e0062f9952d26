import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDbSourceConfig } from '../../config/sections/sources/duckdb-source.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import type { SourcePorts } from '../types.ts';
import { openFailure } from './duckdb-failure.ts';
import type { DuckDb, DuckDbConnection } from './duckdb-package.ts';

/** A database that is open, and the one connection to it. */
export interface Opened {
  readonly instance: { closeSync(): void };
  readonly connection: DuckDbConnection;
}

/**
 * Opens a database for reading, or an empty one in memory. On a failure `spill` is removed.
 *
 * @param spill the folder for what does not fit into memory.
 * @throws ConfigurationError when the database is not there, or cannot be opened.
 */
export async function open(
  duckdb: DuckDb,
  { database, memory }: DuckDbSourceConfig,
  { directory }: SourcePorts,
  spill: string,
): Promise<Opened> {
  try {
    const file = database === undefined ? undefined : path.resolve(directory, database);
    if (file !== undefined) await checkFile(file, database!);
    const instance = await duckdb.DuckDBInstance.create(file ?? ':memory:', {
      ...(file === undefined ? {} : { access_mode: 'READ_ONLY' }),
      ...(memory === undefined ? {} : { memory_limit: memory }),
      temp_directory: spill,
      file_search_path: path.resolve(directory),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    return { instance, connection: await instance.connect() };
  } catch (error) {
    await rm(spill, { recursive: true, force: true });
    throw openFailure(error, database ?? ':memory:');
  }
}

async function checkFile(file: string, database: string): Promise<void> {
  try {
    await access(file);
  } catch (cause) {
    throw new ConfigurationError(
      `data.source.database: there is no file ${quote(database)}, from the folder of ciclo.yml; name a database of DuckDB, or leave it out where the query reads files`,
      { cause },
    );
  }
}

/** Closes the connection and its database, and removes the folder `spill`. */
export async function close({ instance, connection }: Opened, spill: string): Promise<void> {
  connection.closeSync();
  instance.closeSync();
  await rm(spill, { recursive: true, force: true });
}
