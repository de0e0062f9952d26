import { z } from 'zod';

const text = z.string().min(1);

/** How an API gives its rows, page by page. */
export const paginationSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z
      .literal('link')
      .meta({ description: 'The next page is named by the header Link, with rel="next".' }),
  }),
  z.strictObject({
    type: z.literal('cursor').meta({ description: 'Each answer holds the cursor of the next page.' }),
    parameter: text.meta({ description: 'Query parameter that carries the cursor.' }),
    path: text.meta({ description: 'Where the answer holds the next cursor: $.meta.next' }),
  }),
  z.strictObject({
    type: z.literal('page').meta({ description: 'Pages are numbered.' }),
    parameter: text.default('page').meta({ description: 'Query parameter: the number of the page.' }),
    start: z.int().min(0).default(1).meta({ description: 'The number of the first page.' }),
    size: z
      .strictObject({
        parameter: text.meta({ description: 'Query parameter: how many rows a page has.' }),
        value: z.int().min(1).meta({ description: 'Rows of a page.' }),
      })
      .optional()
      .meta({ description: 'How many rows are asked for at a time. Default: what the API gives.' }),
  }),
  z.strictObject({
    type: z.literal('offset').meta({ description: 'Pages begin after so many rows.' }),
    parameter: text.default('offset').meta({ description: 'Query parameter: how many rows are skipped.' }),
    start: z.int().min(0).default(0).meta({ description: 'What it is for the first row.' }),
    limit: z
      .strictObject({
        parameter: text.default('limit').meta({ description: 'Query parameter: how many rows a page has.' }),
        value: z.int().min(1).meta({ description: 'Rows of a page.' }),
      })
      .optional()
      .meta({
        description: 'How many rows are asked for at a time. Default: what the API gives.',
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
