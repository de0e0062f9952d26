import { z } from 'zod';
import { mostRows, queryTimeout, text } from './source-keys.ts';

/** A source of `type: postgres`. */
export const postgresSourceSchema = z.strictObject({
  type: z.literal('postgres').meta({ description: 'A query of PostgreSQL.' }),
  url: z
    .string()
    .default('${{ env.CICLO_POSTGRES_URL }}')
    .meta({ description: 'Connection URL, from the environment: ${{ env.CICLO_POSTGRES_URL }}' }),
  query: text.meta({ description: 'One SELECT, with its own ORDER BY; it runs in a read-only transaction.' }),
  timeout: queryTimeout,
  'max-rows': mostRows,
});

export type PostgresSourceConfig = z.output<typeof postgresSourceSchema>;
