import { z } from 'zod';
import { positiveShare } from '../values.ts';
import { auto, candidateName, classWeights, learnedTarget } from './candidate-keys.ts';

/** A candidate of `type: boosted-trees`. */
export const boostedTreesSchema = z.strictObject({
  type: z.literal('boosted-trees').meta({ description: 'Gradient-boosted decision trees.' }),
  name: candidateName,
  target: learnedTarget,
  loss: z.enum(['squared', 'absolute']).default('squared').meta({
    description:
      'Regression alone: what is lowered. absolute: medians instead of means, which far outliers do not pull away.',
  }),
  rounds: auto(z.int().min(1).max(20_000)).default('auto').meta({
    description:
      'Most rounds; each adds a tree (multiclass: one for each class). auto: 2,000, of several classes 800; fewer where the table is very large.',
  }),
  'learning-rate': auto(z.number().positive().max(1)).default('auto').meta({
    description: "Share of a tree's answer that is added. auto: 0.05, or 0.1 where the table is large.",
  }),
  patience: auto(z.int().min(1)).default('auto').meta({
    description:
      'Rounds without a better validation loss before it stops. auto: 50, or 10 where the table is large.',
  }),
  leaves: z.int().min(2).max(4096).default(31).meta({ description: 'Most leaves of a tree.' }),
  depth: z
    .int()
    .min(1)
    .max(4095)
    .optional()
    .meta({ description: 'Most questions from the root to a leaf; default: as many as the leaves allow.' }),
  'min-rows': auto(z.int().min(5)).default('auto').meta({
    description:
      'Fewest training rows in a leaf; leaves are published, so no row stands alone in one. auto: a thirtieth of the training rows, between 5 and 20.',
  }),
  bins: z.int().min(2).max(255).default(63).meta({
    description: 'Most bins that the values of a column are put into; questions lie between bins.',
  }),
  'min-gain': z
    .number()
    .min(0)
    .default(0)
    .meta({ description: "What a split must gain to be made, as LightGBM's min_gain_to_split." }),
  l2: z.number().min(0).default(1).meta({ description: "Penalty on leaves' squared values." }),
  'row-share': positiveShare
    .default(0.8)
    .meta({ description: 'Share of the training rows that each round is grown on. Default: 80%.' }),
  'column-share': positiveShare
    .default(0.8)
    .meta({ description: 'Share of the columns that each tree is grown on. Default: 80%.' }),
  'category-smoothing': z.number().min(0).default(10).meta({
    description:
      'Categories with fewer rows than this in a leaf are not kept apart there; drawn to the middle by as much when the others are put in order, and added to l2 where there are many.',
  }),
  'class-weights': classWeights,
});

export type BoostedTreesCandidate = z.output<typeof boostedTreesSchema>;
