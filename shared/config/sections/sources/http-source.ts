import { z } from 'zod';
import { wordings } from '../../messages/wording.ts';
import { paginationSchema, sinceSchema } from './http-pages.ts';
import { retries, text } from './source-keys.ts';
import { textSettings } from './text-settings.ts';

/** A source of `type: http`. */
export const httpSourceSchema = z.strictObject({
  type: z.literal('http').meta({ description: 'An API that answers JSON, NDJSON or CSV, page by page.' }),
  // Not z.url: a part of it, or all of it, may come from the environment.
  url: z
    .string()
    .regex(/^(https?:\/\/\S|\$\{\{)/)
    .register(wordings, { noun: 'a URL', allowed: 'a URL that starts with https:// or http://' })
    .meta({ description: 'Address of the first page; parts may be ${{ env.CICLO_… }}.' }),
  format: z
    .enum(['json', 'ndjson', 'csv'])
    .default('json')
    .meta({ description: 'How the answers are written. Default: json.' }),
  ...textSettings,
  query: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .meta({ description: 'Parameters of every request: { since: 2020 }. Default: none.' }),
  headers: z.record(z.string(), z.string()).default({}).meta({
    description: 'Secrets by ${{ env.CICLO_… }} only; never logged; dropped on a redirect to another host.',
  }),
  rows: text.default('$').meta({ description: 'JSON: where the rows are: $.data.items' }),
  pagination: paginationSchema
    .optional()
    .meta({ description: 'How the API gives its rows page by page. Default: one request holds them all.' }),
  since: sinceSchema.optional().meta({
    description:
      'Asks only for rows since the newest time that ciclo.lock pins; those before come from its snapshot. Needs data.time. Default: all rows are asked for.',
  }),
  'max-pages': z
    .int()
    .min(1)
    .default(1000)
    .meta({ description: 'Most pages that are asked for; more end the run with an error.' }),
  'max-bytes': z
    .int()
    .min(1)
    .default(1_073_741_824)
    .meta({ description: 'Of all pages together. Default 1 GiB.' }),
  timeout: z.number().positive().default(30).meta({ description: 'Seconds for each request.' }),
  retries,
});

export type HttpSourceConfig = z.output<typeof httpSourceSchema>;
