import { z } from 'zod';

const text = z.string().min(1);

/** How an API gives its rows, page by page. */
export const paginationSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('link') }),
  z.strictObject({
    type: z.literal('cursor'),
    parameter: text.meta({ description: 'Query parameter that carries the cursor.' }),
    path: text.meta({ description: 'Where the answer holds the next cursor: $.meta.next' }),
  }),
  z.strictObject({
    type: z.literal('page'),
    parameter: text.default('page'),
    start: z.int().min(0).default(1),
    size: z.strictObject({ parameter: text, value: z.int().min(1) }).optional(),
  }),
  z.strictObject({
    type: z.literal('offset'),
    parameter: text.default('offset').meta({ description: 'Query parameter: how many rows are skipped.' }),
    start: z.int().min(0).default(0).meta({ description: 'What it is for the first row.' }),
    limit: z
      .strictObject({ parameter: text.default('limit'), value: z.int().min(1) })
      .optional()
      .meta({
        description: 'Query parameter and number of rows that are asked for at a time.',
      }),
  }),
]);

/** How an API is asked for what came since a time. */
export const sinceSchema = z.strictObject({
  parameter: text.meta({ description: 'Query parameter that carries the time: updated_after.' }),
  format: z.enum(['iso', 'date', 'unix-seconds', 'unix-milliseconds']).default('iso').meta({
    description:
      'How a date is written: 2026-03-31T12:00:00Z, 2026-03-31, or Unix time. Numbers are written as they are.',
  }),
});
