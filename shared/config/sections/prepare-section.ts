import { z } from 'zod';
import { namedRecord } from '../../platform/named-record.ts';
import { namedValues } from '../../platform/named-values.ts';
import { checksSchema } from './checks-section.ts';
import { bound, minCount } from './input-keys.ts';
import { missingMarkers, standardMarkers } from './missing-markers.ts';

/** The section `prepare`: from rows to a dataset. */
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
  checks: checksSchema,
});

export type PrepareConfig = z.output<typeof prepareSchema>;
