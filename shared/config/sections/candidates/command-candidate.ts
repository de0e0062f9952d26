import { z } from 'zod';
import { wordings } from '../../messages/wording.ts';
import { duration } from '../duration.ts';
import { share } from '../values.ts';
import { candidateName } from './candidate-keys.ts';

const pattern = z.string().min(1);

/** A candidate of `type: command`. */
export const commandSchema = z.strictObject({
  type: z
    .literal('command')
    .meta({ description: 'A program of your own, which writes an ONNX model or predictions.' }),
  name: candidateName,
  run: z
    .string()
    .regex(/\S/, 'a command line')
    .register(wordings, { allowed: 'a command line such as python train.py' })
    .meta({
      description:
        'Run by bash in the folder of ciclo.yml. It finds the rows through variables (CICLO_TRAIN and others) and writes model.onnx, or predictions, into the folder CICLO_OUTPUT.',
    }),
  format: z.enum(['csv', 'parquet', 'arrow']).default('csv').meta({
    description:
      'How it gets the rows. csv is read without further packages; parquet and arrow keep the types, and numbers to the last bit.',
  }),
  files: z
    .union([pattern, z.array(pattern)])
    .optional()
    .meta({
      description:
        'Paths or globs, beside the script, what it imports and the lists of requirements, which are found: whatever else determines the model. Default: none.',
    }),
  timeout: duration.prefault('1h').meta({
    description: 'A command that runs longer is ended, and the training fails: it never changes a model.',
  }),
  'max-disagreement': share.prefault('0%').meta({
    description:
      "Share of the validation rows on which the model.onnx may differ from the command's own predictions by more than 1e-5.",
  }),
});

export type CommandCandidate = z.output<typeof commandSchema>;
