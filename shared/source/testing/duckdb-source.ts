import { sourceSchema } from '../../config/sections/sources/source.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { type DuckDbEngine, openDuckDb } from '../duckdb/duckdb-engine.ts';
import { readSource } from '../read-source.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';

/** DuckDB with a query. @param packages folder that its package is resolved from. @param settings more of the source. */
export function duckdbSourceOf(
  query: string,
  packages: string,
  directory = '.',
  settings: object = {},
): Promise<DuckDbEngine> {
  const source = sourceSchema.parse({ type: 'duckdb', query, ...settings });
  if (source.type !== 'duckdb') throw new TypeError('not a source of DuckDB');
  return openDuckDb(source, portsOf(packages, directory));
}

/** Rows of a query of DuckDB. @param given.source more settings of the source. */
export function readDuckDb(
  query: string,
  packages: string,
  options: ReadOptions,
  { directory = '.', source = {} }: { readonly directory?: string; readonly source?: object } = {},
): Promise<SourceTable> {
  const config = sourceSchema.parse({ type: 'duckdb', query, ...source });
  return readSource(config, options, portsOf(packages, directory));
}

const portsOf = (packages: string, directory: string): SourcePorts => ({
  ...{ logger: silentLogger, clock: fixedClock(0), environment: {}, directory },
  packageFolders: [packages],
});
