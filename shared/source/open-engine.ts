import type { SourceConfig } from '../config/sections/data-section.ts';
import type { SourceEngine } from './source-engine.ts';
import type { SourcePorts } from './types.ts';

/**
 * The engine of a source, which can count rows where they are; undefined where a source has none. Whoever opens one closes it.
 *
 * @throws ConfigurationError for whatever is wrong with the source.
 */
export async function openEngine(
  source: SourceConfig,
  ports: SourcePorts,
): Promise<SourceEngine | undefined> {
  switch (source.type) {
    case 'duckdb':
      return (await import('./duckdb/duckdb-engine.ts')).openDuckDb(source, ports);
    case 'postgres':
      return (await import('./postgres/postgres-engine.ts')).openPostgres(source, ports);
    default:
      return undefined;
  }
}
