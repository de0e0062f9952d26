// The sections of ciclo.yml: their keys, defaults and descriptions, a file for each.
import { z } from 'zod';
import { namedRecord } from '../../platform/named-record.ts';
import { namedValues } from '../../platform/named-values.ts';
import { wordings } from '../messages/wording.ts';
import { dataSchema } from './data-section.ts';
import { deploySchema } from './deploy-section.ts';
import { featureSchema } from './features-section.ts';
import { monitorSchema } from './monitor-section.ts';
import { pipelineNamePattern } from './pipeline-name.ts';
import { prepareSchema } from './prepare-section.ts';
import { retrainSchema } from './retrain-section.ts';
import { splitSchema } from './split-section.ts';
import { taskSchema } from './task-key.ts';
import { trainSchema } from './train-section.ts';
import { validateSchema } from './validate-section.ts';
import { label } from './values.ts';

/** The whole of ciclo.yml. Input is what a user writes; output has every default filled in. */
export const configSchema = z.strictObject({
  name: z
    .string()
    .regex(pipelineNamePattern)
    .max(100)
    .register(wordings, {
      noun: 'a pipeline name',
      allowed: 'lower-case letters, digits and dashes, starting with a letter',
    })
    .optional()
    .meta({
      description:
        "The pipeline's name: of its tags, releases and history. Default: the folder's when first locked; ciclo.lock pins it.",
    }),
  description: z
    .string()
    .optional()
    .meta({ description: 'What the model is for; goes into the model card. Default: none.' }),
  task: taskSchema,
  target: z.string().min(1).meta({ description: 'Column to predict.' }),
  positive: label.optional().meta({
    description:
      'Of a binary task, the class that matters: precision, recall and the probability shown are of it. Default: the yes of a known pair (yes/no, true/false, 1/0 …), else the rarer class; ciclo lock freezes it.',
  }),
  data: dataSchema.meta({ description: 'Where the rows come from, what identifies one, and when it was.' }),
  features: namedRecord(featureSchema)
    .default(() => namedValues<never>())
    .meta({
      description:
        'Columns by name: what is known about them and how the model sees them. Default: all is inferred.',
    }),
  prepare: prepareSchema.prefault({}).meta({
    description: 'From rows to a dataset: what the model must not see, what is derived, cleaned and checked.',
  }),
  split: splitSchema.prefault({}).meta({
    description: 'Which rows train and which judge, decided once: ciclo.lock keeps it.',
  }),
  train: trainSchema.prefault({}).meta({
    description:
      'Which models are trained. Without candidates: linear, boosted trees and networks, by the size of the table.',
  }),
  validate: validateSchema.prefault({}).meta({
    description: 'How the model is judged on rows that it has not seen, and the gates that it must pass.',
  }),
  deploy: deploySchema.prefault({}).meta({
    description: 'Where a version goes once it has passed: environment and targets.',
  }),
  monitor: monitorSchema.prefault({}).meta({
    description: 'How newer rows are compared with those that the model in production was made with.',
  }),
  retrain: retrainSchema.prefault({}).meta({
    description: 'When a check leads to a new model, and to what it leads: a pull request or an issue.',
  }),
});

/**
 * ciclo.yml as it is written: only task, target and data.source, or data.sources, are required.
 */
export type ConfigInput = z.input<typeof configSchema>;
/** ciclo.yml as it is used: every default filled in, percentages as shares. */
export type Config = z.output<typeof configSchema>;
