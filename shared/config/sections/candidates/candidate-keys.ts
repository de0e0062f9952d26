// Keys that several kinds of candidates have.
import { z } from 'zod';
import { namedRecord } from '../../../platform/named-record.ts';
import { learningRateSchedule } from './learning-rate-schedule.ts';

export const candidateName = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .meta({ description: 'Default: the type, numbered when there are several.' });

export const classWeights = z
  .union([z.enum(['none', 'balanced']), namedRecord(z.number().positive())])
  .default('none')
  .meta({ description: 'balanced: n / (classes × count), as scikit-learn has it.' });

export const learnedTarget = z.enum(['raw', 'log1p']).default('raw').meta({
  description:
    'Regression alone: what is learned. log1p: ln(1 + target), of a target that is never negative; its predictions are turned back, and are at most three times the largest target of training.',
});

/** Of candidates that are layers of weights: linear models and networks. */
export const layersKeys = {
  name: candidateName,
  target: learnedTarget,
  l2: z.number().min(0).default(0).meta({ description: 'Penalty on squared weights (not on biases).' }),
  'learning-rate-schedule': learningRateSchedule.default('cosine').meta({
    description:
      'How the learning rate changes from epoch to epoch: constant, cosine (falls to 0 over all epochs), by steps, or on a plateau of the validation loss. Not used by newton.',
  }),
  patience: z.int().min(1).default(20).meta({
    description: "Epochs, of Newton's method steps, without a better validation loss before it stops.",
  }),
  'class-weights': classWeights,
};

/** A number, or what the table asks for. */
export const auto = <S extends z.ZodType>(number: S) => z.union([z.literal('auto'), number]);
