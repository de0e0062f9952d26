import { z } from 'zod';
import { wordings } from '../messages/wording.ts';
import { share } from './values.ts';

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

/** The section `prepare.checks`: what must hold of the rows. */
export const checksSchema = z
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
  });

export type ShareCheck = z.output<typeof shareCheck>;
export type LevelCheck = z.output<typeof levelCheck>;
