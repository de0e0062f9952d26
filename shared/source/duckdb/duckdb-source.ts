// Queries of DuckDB.
import type { DuckDbSourceConfig } from '../../config/sections/sources/duckdb-source.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { readStoredRows } from '../columns/stored-rows.ts';
import { enginePin } from '../engine-pin.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';
import { type DuckDbEngine, openDuckDb } from './duckdb-engine.ts';

/**
 * Reads the rows of a query of DuckDB, part by part. See `readSource`.
 *
 * @throws ConfigurationError for whatever is wrong with database or query.
 */
export async function readDuckDbSource(
  source: DuckDbSourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  const engine = await openDuckDb(source, ports);
  try {
    const { dialect, query, columns } = engine;
    const rows = await readStoredRows(
      {
        ...{ dialect, query, columns },
        whole: (name) => `CAST(${name} AS HUGEINT)`,
        stream: (sql) => partsOf(engine, sql),
      },
      options,
      { logger: ports.logger, maxRows: source['max-rows'] },
    );
    const pin = options.pin && (await enginePin(engine, options.pin.window));
    return { ...rows, ...(pin ? { engine: pin } : {}) };
  } finally {
    await engine[Symbol.asyncDispose]();
  }
}

async function* partsOf(engine: DuckDbEngine, sql: string) {
  for await (const chunk of engine.stream(sql)) {
    yield { rows: chunk.rowCount, values: (column: number) => chunk.getColumnValues(column) };
  }
}
