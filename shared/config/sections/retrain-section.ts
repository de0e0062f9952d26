import { z } from 'zod';
import { duration } from './duration.ts';
import { share } from './values.ts';

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
  persistence: z
    .int()
    .min(1)
    .default(1)
    .meta({ description: 'How many checks in a row must find a reason before a retraining.' }),
  cooldown: duration.prefault('7d').meta({
    description:
      'How long a pull request that was closed without a merge keeps new ones away, unless drift grows.',
  }),
  open: z.enum(['if-better', 'always']).default('if-better').meta({
    description:
      'if-better: a pull request only for a challenger that is better with `retrain.confidence` and that the gates let pass; else an issue. always: for every challenger. A change of structure is an issue with either, and nothing is trained.',
  }),
  confidence: share.prefault('80%').meta({
    description:
      'How sure it must be that a challenger is better, one-sided: at 80% the 20% quantile of its gain over the champion lies above 0. The pull request says probably better, and from 95% (two-sided) clearly better.',
  }),
  labels: z
    .array(z.string().min(1))
    .default(['ciclo', 'retraining'])
    .meta({ description: 'Labels of the pull request, or of the issue.' }),
});

export type RetrainConfig = z.output<typeof retrainSchema>;
