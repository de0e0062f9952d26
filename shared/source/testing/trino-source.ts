import { sourceSchema } from '../../config/sections/data-section.ts';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { openTrino, type TrinoEngine } from '../trino/trino-engine.ts';

/** Trino with a query. @param url of its coordinator. */
export function trinoSourceOf(query: string, url: string): Promise<TrinoEngine> {
  const source = sourceSchema.parse({ type: 'trino', query });
  if (source.type !== 'trino') throw new TypeError('not a source of Trino');
  return openTrino(source, {
    logger: silentLogger,
    clock: fixedClock(0),
    environment: { CICLO_TRINO_URL: url },
    directory: '.',
  });
}
