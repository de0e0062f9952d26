import { sourceSchema } from '../../config/sections/data-section.ts';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { type DuckDbEngine, openDuckDb } from '../duckdb/duckdb-engine.ts';

/** DuckDB with a query. @param packages folder that its package is resolved from. */
export function duckdbSourceOf(query: string, packages: string, directory = '.'): Promise<DuckDbEngine> {
  const source = sourceSchema.parse({ type: 'duckdb', query });
  if (source.type !== 'duckdb') throw new TypeError('not a source of DuckDB');
  return openDuckDb(source, {
    logger: silentLogger,
    clock: fixedClock(0),
    environment: {},
    directory,
    packageFolders: [packages],
  });
}
