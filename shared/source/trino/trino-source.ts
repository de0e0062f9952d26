// Queries of Trino.
import type { TrinoSourceConfig } from '../../config/sections/sources/trino-source.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { readStoredRows } from '../columns/stored-rows.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';
import { openTrino, type TrinoRows } from './trino-engine.ts';

/**
 * Reads the rows of a query of Trino, answer by answer. See `readSource`. Where the server loses the query, all of it is read
 * again: nothing of what had come is used.
 *
 * @throws ConfigurationError, without secrets, when the server cannot be reached or refuses the query.
 */
export async function readTrinoSource(
  source: TrinoSourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  const { dialect, query, columns, stream, again } = await openTrino(source, ports);
  return await again(() =>
    readStoredRows(
      {
        ...{ dialect, query, columns },
        // In JSON a number, of which a double keeps 53 bits; decimals come as text, and are sorted as numbers.
        whole: (name) => `CAST(${name} AS decimal(38, 0))`,
        stream: (sql) => partsOf(stream(sql)),
      },
      options,
      { logger: ports.logger, maxRows: source['max-rows'] },
    ),
  );
}

async function* partsOf(answers: AsyncIterable<TrinoRows>) {
  for await (const rows of answers) {
    yield { rows: rows.length, values: (column: number) => rows.map((row) => row[column]!) };
  }
}
