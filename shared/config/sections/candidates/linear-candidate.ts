import { z } from 'zod';
import { wordings } from '../../messages/wording.ts';
import { layersKeys } from './candidate-keys.ts';

/** A candidate of `type: linear`. */
export const linearSchema = z.strictObject({
  type: z.literal('linear').meta({ description: 'Linear regression, or logistic regression of classes.' }),
  ...layersKeys,
  l2: z
    .union([z.literal('auto'), z.number().min(0)])
    .default('auto')
    .register(wordings, { allowed: 'auto, or a number of at least 0' })
    .meta({
      description:
        "auto: the penalty on squared weights is chosen by validation loss from a path: α of 3,000 down to 0.001 of a regression, C of 0.001 up to 10 of classes, over standardised inputs, as scikit-learn's Ridge and LogisticRegression have them. A number: added to the mean loss, times the squared weights over the inputs as the recipe gives them; were these standardised, it would be α / rows, or 1 / (2 × C × rows).",
    }),
  patience: z.int().min(1).default(20).meta({
    description:
      "Penalties (of classes at most 3), steps of Newton's method or epochs without a better validation loss before it stops.",
  }),
  solver: z.enum(['auto', 'newton', 'adam']).default('auto').meta({
    description:
      "newton: to convergence, in steps over all rows (of `l2: auto` for each penalty); it needs no learning rate and no batches. adam: in mini-batches, to a few percent of the target's deviation; `l2: auto` is then 0. auto: newton, unless `l2` is a number and there are very many inputs.",
  }),
  encoding: z.enum(['encoded', 'plain']).optional().meta({
    description:
      'Whether it reads numbers by quantile bin, where prepare or features encodes them so. Default: encoded.',
  }),
  'learning-rate': z.number().positive().default(0.05).meta({
    description: 'How far a step of adam moves, at first. Not used by newton.',
  }),
  'batch-size': z.int().min(1).default(256).meta({
    description: 'Rows of a step of adam. Not used by newton.',
  }),
  epochs: z.int().min(1).default(500).meta({
    description:
      "At most: penalties that are tried, steps of Newton's method, which ends by itself much earlier, or epochs.",
  }),
});

export type LinearCandidate = z.output<typeof linearSchema>;
