import { z } from 'zod';
import { auto, layersKeys } from './candidate-keys.ts';

/** A candidate of `type: neural-network`. */
export const neuralNetworkSchema = z.strictObject({
  type: z.literal('neural-network').meta({ description: 'A neural network of dense layers.' }),
  ...layersKeys,
  patience: z.int().min(1).default(12).meta({
    description: 'Epochs without a better validation loss before it stops.',
  }),
  layers: z
    .array(z.int().min(1).max(4096))
    .min(1)
    .max(16)
    .default([128, 64])
    .meta({ description: 'Units of each hidden layer.' }),
  activation: z
    .enum(['relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'swish', 'gelu'])
    .default('relu')
    .meta({ description: 'The function of every hidden unit.' }),
  encoding: z.enum(['auto', 'encoded', 'plain']).default('auto').meta({
    description:
      'Whether it reads numbers by quantile bin, where prepare or features encodes them so. auto: where there are 2,000 rows or more (with a test split: training and validation rows).',
  }),
  dropout: z
    .union([z.number().min(0).lt(1), z.array(z.number().min(0).lt(1))])
    .default(0.1)
    .meta({
      description: "Share of a hidden layer's outputs that each training step leaves out; or one by layer.",
    }),
  'batch-norm': z
    .boolean()
    .default(false)
    .meta({ description: 'Whether the outputs of each hidden layer are normalised by batch.' }),
  'learning-rate': z
    .number()
    .positive()
    .default(0.002)
    .meta({ description: 'How far a step of AdamW moves, at its largest.' }),
  'warm-up': z.int().min(0).default(1).meta({
    description:
      'Epochs in which the learning rate rises step by step, before its schedule begins; among epochs.',
  }),
  'weight-decay': z.number().min(0).default(0.01).meta({
    description:
      "AdamW's: each step takes this times the learning rate off every weight (not off biases), apart from the gradient.",
  }),
  'weight-average': z.number().min(0).default(1).meta({
    description:
      'Epochs over whose steps the weights are averaged; the average is judged and kept. 0: those of the last step.',
  }),
  'batch-size': auto(z.int().min(1))
    .default('auto')
    .meta({ description: 'Rows of a step. auto: a thirtieth of the training rows, between 16 and 32.' }),
  epochs: auto(z.int().min(1)).default('auto').meta({
    description: 'At most. auto: 80; fewer where the table is very large.',
  }),
  seeds: auto(z.int().min(1).max(10)).default('auto').meta({
    description:
      'Networks of different random numbers, whose mean answer is the answer. auto: 3; 1 where the table is large.',
  }),
});

export type NeuralNetworkCandidate = z.output<typeof neuralNetworkSchema>;
