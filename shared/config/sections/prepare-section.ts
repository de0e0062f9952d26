import { z } from 'zod';
import { namedRecord } from '../../platform/named-record.ts';
import { namedValues } from '../../platform/named-values.ts';
import { wordings } from '../messages/wording.ts';
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

/** How far a scaled number may lie from 0. */
const bound = z
  .union([z.literal('none'), z.number().positive()])
  .optional()
  .register(wordings, { allowed: 'none, or a number above 0 such as 8' });

/** How often a category must have been seen in training. */
const minCount = z
  .union([z.literal('auto'), z.int().min(fewestPublishedRows)])
  .register(wordings, { allowed: `auto, or a whole number of at least ${fewestPublishedRows}` });

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

/** A check's bound: a share fails; `{ warn, fail }` gives both levels; `off` does not look. */
const shareCheck = z.union([
  share,
  z.literal('off'),
  z.strictObject({
    warn: share.optional().meta({ description: 'A larger share is a warning. Default: no warning.' }),
    fail: share.optional().meta({ description: 'A larger share stops the run. Default: it never does.' }),
  }),
]);
const levelCheck = z.enum(['off', 'warn', 'fail']);

/** Which columns of personal data models may see: all of them, or those that are named. */
const personalCheck = z
  .union([
    z.literal('allowed'),
    z.strictObject({
      allowed: z.array(z.string()).meta({ description: 'The columns of personal data that models may see.' }),
    }),
  ])
  .register(wordings, { allowed: 'allowed, or { allowed: [phone] } with the columns' });

/**
 * Texts that mean missing, where ciclo.yml says nothing else: all that pandas takes for missing
 * (`pandas._libs.parsers.STR_NA_VALUES`, version 2), what Excel writes for an error, and `?`.
 */
export const standardMarkers: readonly string[] = [
  ...['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', 'None', '?', '<NA>', '#NA', '#N/A', '#N/A N/A'],
  ...['-NaN', '-nan', '1.#IND', '1.#QNAN', '-1.#IND', '-1.#QNAN'],
  ...['#DIV/0!', '#NAME?', '#NULL!', '#NUM!', '#REF!', '#VALUE!', '#SPILL!', '#CALC!', '#GETTING_DATA'],
];

const markerList = z.array(z.string());

/** A list of your own, or the usual one with some added and some taken out; in memory always the list. */
const missingMarkers = z
  .codec(
    z.union([
      markerList,
      z.strictObject({
        add: markerList.optional().meta({ description: 'Further texts that mean missing. Default: none.' }),
        except: markerList
          .optional()
          .meta({ description: 'Texts of the usual list that are values. Default: none.' }),
      }),
    ]),
    markerList,
    {
      decode: (given) =>
        Array.isArray(given)
          ? given
          : [...new Set([...standardMarkers, ...(given.add ?? [])])].filter(
              (marker) => !given.except?.includes(marker),
            ),
      encode: (markers) => markers,
    },
  )
  .register(wordings, {
    allowed: 'a list of texts, or { add: ["-"] }, or { except: ["None"] }, which change the usual list',
  });

export const prepareSchema = z.strictObject({
  exclude: z.array(z.string()).default([]).meta({ description: 'Columns the model must not see.' }),
  derive: namedRecord(z.string())
    .default(() => namedValues<never>())
    .meta({ description: 'New columns by arquero expressions over one row: "d => d.horsepower / d.weight"' }),
  numbers: z
    .strictObject({
      encode: z.enum(['auto', 'plain', 'piecewise-linear']).default('auto').meta({
        description:
          'For all numbers whose own encode is auto. auto: piecewise-linear where there are at most 400 columns of numbers.',
      }),
      bound: bound.meta({
        description: 'For all numbers that are scaled and have no bound of their own. Default: 8.',
      }),
    })
    .prefault({})
    .meta({ description: 'How numbers become inputs, where features says nothing else.' }),
  categories: z
    .strictObject({
      'min-count': minCount.default('auto').meta({
        description: 'For all categories without a min-count of their own.',
      }),
    })
    .prefault({})
    .meta({ description: 'How categories become inputs, where features says nothing else.' }),
  'missing-markers': missingMarkers.prefault([...standardMarkers]).meta({
    description:
      'Texts that mean missing: a list, or { add: ["-"] } and { except: ["None"] }, which change the usual list.',
  }),
  trim: z.boolean().default(true).meta({ description: 'Strip spaces around texts.' }),
  duplicates: z
    .enum(['keep', 'drop'])
    .default('keep')
    .meta({ description: 'Rows equal in every column: keep them all, or the first.' }),
  'missing-target': z.enum(['drop', 'fail']).optional().meta({
    description:
      'Rows whose target is missing. Default: drop, but a marker such as "None" that may well be a class stops.',
  }),
  checks: z
    .strictObject({
      'max-missing': shareCheck
        .prefault({ warn: '50%' })
        .meta({ description: 'Share of missing values in any one column.' }),
      'max-duplicates': shareCheck
        .prefault({ warn: '5%' })
        .meta({ description: 'Share of rows equal to an earlier row.' }),
      'max-dropped': shareCheck
        .prefault({ warn: '20%' })
        .meta({ description: 'Share of rows that cleaning dropped.' }),
      constant: levelCheck.default('warn').meta({ description: 'Features with one value only.' }),
      leakage: levelCheck
        .default('warn')
        .meta({ description: 'One feature alone predicts the target almost perfectly.' }),
      'split-duplicates': levelCheck
        .default('warn')
        .meta({ description: 'Equal feature rows on two sides of the split, or in two folds.' }),
      'key-overlap': levelCheck
        .default('fail')
        .meta({ description: 'Equal keys on two sides of the split, or in two folds.' }),
      personal: personalCheck.optional().meta({
        description:
          'Columns that look like personal data (e-mail and IP addresses, phone, bank account, card and national numbers, names of persons) are no features. allowed lets models see them all, { allowed: [phone] } those that are named. Default: none.',
      }),
      'min-rows': z
        .int()
        .min(1)
        .default(20)
        .meta({ description: 'Fewest rows left after cleaning; fewer fail.' }),
    })
    .prefault({})
    .meta({
      description: 'What must hold of the rows; a failed check stops the run, a warning is only reported.',
    }),
});

export type FeatureConfig = z.output<typeof featureSchema>;
export type PrepareConfig = z.output<typeof prepareSchema>;
export type ShareCheck = z.output<typeof shareCheck>;
export type LevelCheck = z.output<typeof levelCheck>;
