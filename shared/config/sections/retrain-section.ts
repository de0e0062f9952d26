import { z } from 'zod';
import { duration } from './duration.ts';

export const retrainSchema = z.strictObject({
  on: z
    .array(z.enum(['drift', 'performance', 'new-data']))
    .default(['drift', 'performance'])
    .meta({
      description:
        'What leads to a retraining: drift of the data, a model that got worse, or any new rows (retraining by schedule). Empty: none but those asked for by hand.',
    }),
  severity: z
    .enum(['minor', 'major'])
    .default('major')
    .meta({ description: 'Of drift. minor: single columns drifted; major: the table has.' }),
  persistence: z.int().min(1).default(1).meta({ description: 'In how many checks in a row.' }),
  cooldown: duration.prefault('7d').meta({
    description:
      'How long a pull request that was closed without a merge keeps new ones away, unless drift grows.',
  }),
  open: z.enum(['if-better', 'always']).default('if-better').meta({
    description:
      'if-better: a challenger that is not better than the champion gets an issue, not a pull request.',
  }),
  labels: z.array(z.string().min(1)).default(['ciclo', 'retraining']),
});

export type RetrainConfig = z.output<typeof retrainSchema>;
