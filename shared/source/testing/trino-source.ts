import { sourceSchema } from '../../config/sections/sources/source.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { readSource } from '../read-source.ts';
import { openTrino, type TrinoEngine } from '../trino/trino-engine.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';

/** Trino with a query. @param url of its coordinator. */
export function trinoSourceOf(query: string, url: string): Promise<TrinoEngine> {
  const source = sourceSchema.parse({ type: 'trino', query });
  if (source.type !== 'trino') throw new TypeError('not a source of Trino');
  return openTrino(source, portsOf(url));
}

/** Rows of a query of Trino. */
export function readTrino(query: string, url: string, options: ReadOptions): Promise<SourceTable> {
  return readSource(sourceSchema.parse({ type: 'trino', query }), options, portsOf(url));
}

const portsOf = (url: string): SourcePorts => ({
  ...{ logger: silentLogger, clock: fixedClock(0), directory: '.' },
  environment: { CICLO_TRINO_URL: url },
});
