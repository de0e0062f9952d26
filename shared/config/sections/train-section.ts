import { z } from 'zod';
import { candidateSchema } from './candidates/candidate.ts';
import { searchSchema } from './search-section.ts';

/** The section `train`: which models are trained, and how much they may take. */
export const trainSchema = z.strictObject({
  seed: z
    .int()
    .min(0)
    .default(42)
    .meta({ description: 'Seed of every random draw in training: the same seed gives the same model.' }),
  backend: z.enum(['kernel', 'wasm', 'node', 'cpu']).default('kernel').meta({
    description:
      "kernel: Ciclo's own, and wasm, TensorFlow.js: the same bytes on every machine with an x64 processor. node, native, needs @tensorflow/tfjs-node; cpu, plain JavaScript.",
  }),
  candidates: z.array(candidateSchema).min(1).max(100).optional().meta({
    description:
      'Default: the portfolio, a linear model, boosted trees and a network, and of a target that is never negative each of its logarithm, too. Each is trained; the model is the blend of all that Ciclo trains itself, or, where there is no blend, the best by validate.primary. One candidate: one simple model.',
  }),
  blend: z.boolean().default(true).meta({
    description:
      'true: two or more candidates are blended, their weights found on out-of-fold predictions. false: the best one is picked.',
  }),
  search: searchSchema.optional().meta({
    description:
      'Tries other settings of linear models, boosted trees and networks, by successive halving on folds, and keeps those that predict better than what is declared. Default: no search.',
  }),
  'trend-columns': z.enum(['auto', 'keep', 'leave-out']).optional().meta({
    description:
      'Numbers and dates that grow with the time, where rows are divided by time: every later row lies beyond what was learned. auto, the default: boosted trees are trained with and without them, and what predicts later rows better holds for all candidates. keep, leave-out: without that trial. Of a date left out, parts that come back (month, weekday) stay.',
  }),
  'learning-curve': z.enum(['on', 'off']).optional().meta({
    description:
      'Whether the chosen model is also trained on eighths, quarters and a half of the training rows, so that it can be said whether more of them would help; that takes one and a half times as long as its training. Default: on where data.sample draws rows, else off.',
  }),
  'infer-limit': z.number().positive().optional().meta({
    description:
      'Multiplications that one prediction may take at most: parts of a blend are left out, the least useful first, until it holds; a candidate beyond it is not chosen. Of a command they are not known. Default: no limit.',
  }),
  'max-size': z.number().positive().optional().meta({
    description:
      "Bytes of a model's numbers at most, of a command's model of its file: parts and candidates are left out as by infer-limit. Default: no limit.",
  }),
  importance: z
    .union([
      z.literal('off'),
      z.strictObject({
        repeats: z
          .int()
          .min(1)
          .default(5)
          .meta({ description: 'How often each column is shuffled; the mean counts.' }),
        rows: z.int().min(1).default(5000).meta({ description: 'Most rows that are used.' }),
        work: z.number().positive().optional().meta({
          description: 'Most multiplications, by a fixed cost model. Default: 2e10, some ten seconds.',
        }),
      }),
    ])
    .prefault({})
    .meta({
      description:
        'Permutation importance: repeats, and validation (or out-of-fold) rows used at most. work: the multiplications that it may take, by a fixed cost model (default 2e10, some ten seconds); beyond it there are fewer repeats, then fewer rows, and the report says so. off: it is not measured, and the monitor weighs all features alike.',
    }),
});

export type TrainConfig = z.output<typeof trainSchema>;
