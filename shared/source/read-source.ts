// Rows from files (on the disk and in object storage), HTTP, PostgreSQL, DuckDB and Trino as one table of texts and values.
// A room for each format and protocol.
import type { SourceConfig } from '../config/sections/sources/source.ts';
import type { SourceTable } from '../dataset/table/origin.ts';
import type { Logger } from '../platform/logger.ts';
import { readFileSource } from './files/file-source.ts';
import { withoutLabelMarkers } from './label-markers.ts';
import { namedFailure, standardName } from './source-name.ts';
import type { ReadOptions, SourcePorts } from './types.ts';

/**
 * Reads all rows of a source into memory, as one table.
 *
 * A driver is loaded only when its kind of source is read.
 *
 * @param source `data.source` of ciclo.yml. @param options how cells are read.
 * @param name what messages call the source; a second one, such as `monitor.source`, has another name.
 * @throws ConfigurationError for whatever is wrong with the source, in a message that says where.
 */
export async function readSource(
  source: SourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
  name = standardName,
): Promise<SourceTable> {
  const told = { ...ports, logger: withoutRepeats(ports.logger) };
  const found = await read(source, options, told).catch((error: unknown) => {
    throw namedFailure(error, name);
  });
  const { labels } = options;
  // Rows that arrive in use may well be without labels.
  const rules = labels?.classes
    ? { ...labels, strict: labels.strict && name.startsWith('data.') }
    : undefined;
  const answer = rules ? withoutLabelMarkers(found, options, rules, told.logger) : found;
  if (answer.table.rows === 0 && !options.mayBeEmpty) {
    const called = name === standardName ? 'the source' : name;
    ports.logger.warn(`${called} has no rows (${answer.parts.map((part) => part.name).join(', ')})`);
  }
  if (source.type === 'postgres') await tellOrder(source.query, answer, name, told.logger);
  return answer;
}

/** Of rows that the lock pins, in their order. */
async function tellOrder(query: string, { table }: SourceTable, name: string, logger: Logger): Promise<void> {
  if (table.rows < 2 || !name.startsWith('data.')) return;
  const { hasOrder } = await import('./postgres/statement-order.ts');
  if (hasOrder(query)) return;
  logger.warn(
    `${name}.query has no ORDER BY: PostgreSQL may give the same rows in another order next time, and they are then not what ciclo.lock pins; end it with ORDER BY and columns that tell rows apart`,
  );
}

/** What holds of every file of a source is said once. */
function withoutRepeats(logger: Logger): Logger {
  const said = new Set<string>();
  return {
    debug: (message) => logger.debug(message),
    info: (message) => logger.info(message),
    progress: (progress) => logger.progress(progress),
    warn(message, at) {
      if (said.has(message)) return;
      said.add(message);
      logger.warn(message, at);
    },
  };
}

async function read(source: SourceConfig, options: ReadOptions, ports: SourcePorts): Promise<SourceTable> {
  switch (source.type) {
    case 'file':
      return readFileSource(source, options, ports);
    case 'http':
      return (await import('./http/http-source.ts')).readHttpSource(source, options, ports);
    case 'postgres':
      return (await import('./postgres/postgres-source.ts')).readPostgresSource(source, options, ports);
    case 'duckdb':
      return (await import('./duckdb/duckdb-source.ts')).readDuckDbSource(source, options, ports);
    case 'trino':
      return (await import('./trino/trino-source.ts')).readTrinoSource(source, options, ports);
  }
}
