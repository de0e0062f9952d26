import { z } from 'zod';
import { bound, minCount } from './input-keys.ts';
import { fewestPublishedRows } from './published-rows.ts';
import { columnType, share } from './values.ts';

/** What to do where a value is missing. `level` (categories only): missing is a category of its own. */
const missingPolicy = z.union([
  z.enum(['median', 'mean', 'mode', 'level', 'drop', 'fail']),
  z.strictObject({
    constant: z
      .union([z.number(), z.string(), z.boolean()])
      .meta({ description: 'This value stands for a missing one, of the type of the column.' }),
  }),
]);

/** A column of `features`: what is known about it, and how the model sees it. */
export const featureSchema = z.strictObject({
  type: columnType.optional().meta({ description: 'Default: inferred from all rows.' }),
  description: z
    .string()
    .optional()
    .meta({ description: 'What the column is; shown in the model card and in forms. Default: none.' }),
  unit: z
    .string()
    .optional()
    .meta({ description: 'Shown in reports and forms: mpg, kg, EUR. Default: none.' }),
  range: z
    .tuple([z.number().nullable(), z.number().nullable()])
    .optional()
    .meta({ description: 'Smallest and largest value allowed (null: open). Default: any.' }),
  values: z
    .array(z.string())
    .min(1)
    .optional()
    .meta({ description: 'The categories allowed. Default: any.' }),
  invalid: z
    .enum(['missing', 'drop', 'clip', 'fail'])
    .default('missing')
    .meta({ description: 'What happens to a value outside range or values. clip is for numbers.' }),
  format: z.string().optional().meta({
    description:
      'Dates: iso (default), unix-seconds, unix-milliseconds, or a pattern such as dd.MM.yyyy HH:mm. Numbers: 1234.5 as the column writes it, such as "1.234,5" or "$1,234.5"',
  }),
  missing: missingPolicy
    .optional()
    .meta({ description: 'Default: median for numbers and dates, mode otherwise.' }),
  indicator: z
    .union([z.literal('auto'), z.boolean()])
    .default('auto')
    .meta({
      description: `Adds a 0/1 input that says where the value was missing. auto: where ${fewestPublishedRows} training rows or more miss it.`,
    }),
  transform: z
    .union([
      z.enum(['none', 'log', 'log1p', 'sqrt']),
      z.strictObject({
        clip: z.tuple([share, share]).meta({
          description:
            'The lower and the upper quantile of the training rows; values beyond are cut off there.',
        }),
      }),
    ])
    .default('none')
    .meta({
      description:
        'Numbers, before scaling. clip takes two quantiles of the training rows: [1%, 99%]. Default: none.',
    }),
  scale: z.enum(['standard', 'robust', 'min-max', 'none']).default('standard').meta({
    description:
      'How a number is scaled for linear models and networks: by mean and deviation, by median and quartiles, to 0 to 1.',
  }),
  bound: bound.meta({
    description:
      'Numbers and dates: after scaling, what lies beyond ±bound is cut off there: 8 deviations, say. Default: none, or for numbers what prepare.numbers says.',
  }),
  encode: z.enum(['auto', 'one-hot', 'ordinal', 'hash', 'piecewise-linear', 'plain']).default('auto').meta({
    description:
      'Categories: one-hot, ordinal or hash; auto: one-hot up to max-categories frequent ones that hold at least half of the rows, else hash. Numbers and dates: plain, or piecewise-linear, which adds an input for each of 4 to 24 quantile bins; auto: for numbers what prepare.numbers says, dates plain. Trees read columns as they are.',
  }),
  'max-categories': z.int().min(1).max(10_000).default(50).meta({
    description: 'How many categories are kept apart, the most frequent ones; all others count as one.',
  }),
  'min-count': minCount.optional().meta({
    description:
      'Categories seen less often in training are "other". At least 5: a model is published, and names no rarer one. auto: a 200th of the training rows, from 5 to 10. Default: what prepare.categories says.',
  }),
  buckets: z.int().min(2).max(65_536).default(64).meta({ description: 'For encode: hash.' }),
  order: z.array(z.string()).optional().meta({ description: 'For encode: ordinal. Default: sorted.' }),
  parts: z
    .array(z.enum(['year', 'month', 'day', 'weekday', 'hour', 'day-of-year', 'timestamp']))
    .min(1)
    .optional()
    .meta({
      description:
        'Dates: the parts used as inputs (UTC; month, weekday, hour and day-of-year as sine and cosine). Default: timestamp, month, weekday.',
    }),
});

export type FeatureConfig = z.output<typeof featureSchema>;
