import { z } from 'zod';
import { wordings } from '../../messages/wording.ts';
import { mostRows, queryTimeout, text } from './source-keys.ts';

/** A source of `type: duckdb`. */
export const duckdbSourceSchema = z.strictObject({
  type: z.literal('duckdb').meta({ description: 'A query of DuckDB, over files or a database file.' }),
  database: text.optional().meta({
    description:
      'File of a DuckDB database, relative to ciclo.yml, opened for reading only. Default: none, for a query that reads files.',
  }),
  query: text.meta({
    description:
      "One SELECT of DuckDB's, over tables of the database, or over files: SELECT * FROM 'data/*.parquet'. Its rows are put in an order of their own.",
  }),
  memory: z
    .string()
    .regex(/^\d+(\.\d+)? ?(MB|GB|MiB|GiB)$/)
    .optional()
    .register(wordings, { noun: 'an amount of memory', allowed: 'a number with MB or GB, such as 2GB' })
    .meta({ description: 'What DuckDB may take; beyond, it spills. Default: 80% of what there is.' }),
  timeout: queryTimeout,
  'max-rows': mostRows,
});

export type DuckDbSourceConfig = z.output<typeof duckdbSourceSchema>;
