import { z } from 'zod';
import { eventTimeSpan } from './duration.ts';
import { sourceSchema } from './sources/source.ts';
import { keySchema, share, tolerance } from './values.ts';

const windowSchema = z.strictObject({
  'after-lock': z.boolean().default(true).meta({
    description:
      'Only rows newer than the data that the production model was made with. false: rows of any age, which it may have been trained on.',
  }),
  'last-rows': z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'Of these rows the newest ones, by the event time.' }),
  last: eventTimeSpan.optional().meta({
    description:
      'Rows of so long before the newest one: a span of time where data.time is a date, else a number in its unit.',
  }),
  calendar: z
    .enum(['day', 'week', 'month', 'quarter', 'year'])
    .optional()
    .meta({ description: 'The last whole period in the rows, in UTC; weeks begin on Monday.' }),
  again: z.boolean().default(false).meta({
    description:
      'Whether rows that an earlier check has decided on are looked at again. Then every check of a version spends less of its false-alarm rate.',
  }),
});

export const monitorSchema = z.strictObject({
  source: sourceSchema.optional().meta({
    description: "Where the current rows are, such as the server's prediction log. Default: data.source.",
  }),
  time: z.string().min(1).optional().meta({
    description: 'Column of the event time in monitor.source. Default: data.time, in a prediction log _time.',
  }),
  labels: sourceSchema.optional().meta({
    description:
      'Where the target comes to be known of rows that arrived without it: its rows have the columns of monitor.key, and the target. Default: data.source.',
  }),
  key: keySchema.optional().meta({
    description:
      "What joins labels to current rows; of the server's prediction log [_request, _record] or columns of your own. Default: data.key.",
  }),
  window: windowSchema
    .prefault({})
    .meta({ description: 'Which rows a check looks at: those since the lock, or a fixed stretch.' }),
  'read-at-most': z.int().min(0).default(200_000).meta({
    description:
      'postgres, duckdb and trino: a query that answers more rows than this is counted where it is. Columns are compared by counts of all rows; predictions and performance are those of 4,000 rows drawn evenly.',
  }),
  reference: z.enum(['all', 'same-season']).default('all').meta({
    description:
      'What the current rows are compared with: all rows that the production model was made with (all), or those of the same season (same-season): the same days of earlier years, for windows of less than a week of earlier weeks. same-season needs the locked rows, with a date as event time; where they are missing, or fewer than min-rows, all rows are used instead, and the report says so.',
  }),
  'min-rows': z
    .int()
    .min(2)
    .default(30)
    .meta({ description: 'Fewer current rows are not enough data: nothing is decided.' }),
  drift: z
    .strictObject({
      'false-alarm-rate': share
        .prefault('5%')
        .meta({ description: 'How often a check may alarm, at the most, where nothing has changed.' }),
      'min-effect': z
        .number()
        .min(0)
        .max(1)
        .default(0.1)
        .meta({ description: 'Smaller changes of a column are not drift, however significant.' }),
      share: share.prefault('30%').meta({
        description:
          "Of the features' importance: from which share of drifted ones on the table has drifted.",
      }),
      exclude: z.array(z.string()).default([]).meta({
        description: 'Features that always change, such as dates: they are not compared. data.time never is.',
      }),
      group: z.string().min(1).optional().meta({
        description:
          'Column whose value says which rows belong together, such as a customer: they depend on each other, and tests take or leave them as a whole. It is not compared. Default: rows are compared in their order of time.',
      }),
    })
    .prefault({})
    .meta({ description: 'When the columns, the predictions or all features together have changed.' }),
  performance: z
    .strictObject({
      'worse-by-at-most': tolerance.prefault('10%').meta({
        description: 'How much worse than its evaluation the model may become, in the primary metric.',
      }),
    })
    .prefault({})
    .meta({ description: 'When the model has become worse, where labels have come.' }),
  'checks-per-year': z.number().positive().default(52).meta({
    description:
      'How many checks a year has, for the number of false alarms to expect in it; the schedule itself decides how often.',
  }),
});

export type MonitorConfig = z.output<typeof monitorSchema>;
export type WindowConfig = MonitorConfig['window'];
