import type { SourceConfig } from '../config/sections/sources/source.ts';
import type { Scan } from '../sql/dialect.ts';
import type { SourceEngine } from './source-engine.ts';
import { namedFailure } from './source-name.ts';
import type { SourcePorts } from './types.ts';

/**
 * The engine of a source, which can count rows where they are; undefined where a source has none. Whoever opens one closes it.
 *
 * @param name what messages call the source: `monitor.source`.
 * @throws ConfigurationError for whatever is wrong with the source.
 */
export async function openEngine(
  source: SourceConfig,
  ports: SourcePorts,
  name: string,
): Promise<SourceEngine | undefined> {
  const rename = (error: unknown): never => {
    throw namedFailure(error, name);
  };
  const engine = await open(source, ports).catch(rename);
  return (
    engine && {
      ...{ dialect: engine.dialect, query: engine.query, columns: engine.columns },
      ask: (sql) => engine.ask(sql).catch(rename),
      scan: engine.scan && ((sql) => renamed(engine.scan!(sql), rename)),
      [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
    }
  );
}

async function* renamed(parts: ReturnType<Scan>, rename: (error: unknown) => never): ReturnType<Scan> {
  try {
    yield* parts;
  } catch (error) {
    rename(error);
  }
}

async function open(source: SourceConfig, ports: SourcePorts): Promise<SourceEngine | undefined> {
  switch (source.type) {
    case 'duckdb':
      return (await import('./duckdb/duckdb-engine.ts')).openDuckDb(source, ports);
    case 'postgres':
      return (await import('./postgres/postgres-engine.ts')).openPostgres(source, ports);
    case 'trino':
      return (await import('./trino/trino-engine.ts')).openTrino(source, ports);
    default:
      return undefined;
  }
}
