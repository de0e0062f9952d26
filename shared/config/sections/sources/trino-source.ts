import { z } from 'zod';
import { mostRows, queryTimeout, text } from './source-keys.ts';

/** A source of `type: trino`. */
export const trinoSourceSchema = z.strictObject({
  type: z.literal('trino').meta({ description: 'A query of Trino, over whatever the cluster reaches.' }),
  url: z.string().min(1).default('${{ env.CICLO_TRINO_URL }}').meta({
    description:
      'Address of the coordinator, https://host:port, from the environment where user and password are in it: ${{ env.CICLO_TRINO_URL }}',
  }),
  user: text.optional().meta({
    description: 'Who asks. Default: the user in url; with token, whom it names; else ciclo.',
  }),
  password: text.optional().meta({
    description: 'By ${{ env.CICLO_… }} only, and only to an address with https. Default: the one in url.',
  }),
  token: text.optional().meta({
    description:
      'A JWT in place of a password, by ${{ env.CICLO_… }} only, and only to an address with https. Default: none.',
  }),
  catalog: text
    .optional()
    .meta({ description: 'Where tables are that the query names without a catalog. Default: none.' }),
  schema: text
    .optional()
    .meta({ description: 'Where tables are that the query names without a schema. Default: none.' }),
  query: text.meta({ description: "One SELECT of Trino's. Its rows are put in an order of their own." }),
  timeout: queryTimeout,
  'max-rows': mostRows,
});

export type TrinoSourceConfig = z.output<typeof trinoSourceSchema>;
