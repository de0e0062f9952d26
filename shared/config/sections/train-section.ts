import { z } from 'zod';
import { tasks } from '../../metrics/descriptors/descriptor.ts';
import { namedRecord } from '../../platform/named-record.ts';
import { wordings } from '../messages/wording.ts';

const schedule = z.union([
  z.enum(['constant', 'cosine']),
  z.strictObject({ step: z.strictObject({ every: z.int().min(1), factor: z.number().positive().max(1) }) }),
  z.strictObject({
    plateau: z.strictObject({ patience: z.int().min(1), factor: z.number().positive().max(1) }),
  }),
]);

const common = {
  name: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'Default: the type, numbered when there are several.' }),
  l2: z.number().min(0).default(0).meta({ description: 'Penalty on squared weights (not on biases).' }),
  'learning-rate-schedule': schedule.default('cosine'),
  patience: z
    .int()
    .min(1)
    .default(20)
    .meta({ description: 'Epochs without a better validation loss before it stops.' }),
  'class-weights': z
    .union([z.enum(['none', 'balanced']), namedRecord(z.number().positive())])
    .default('none')
    .meta({ description: 'balanced: n / (classes × count), as scikit-learn has it.' }),
};

const linear = z.strictObject({
  type: z.literal('linear'),
  ...common,
  solver: z.enum(['auto', 'newton', 'adam']).default('auto').meta({
    description:
      "newton: to convergence by Newton's method, an epoch being one step; it needs no learning rate and no batches. adam: in mini-batches, to a few percent of the target's deviation. auto: newton unless there are very many inputs.",
  }),
  'learning-rate': z.number().positive().default(0.05),
  'batch-size': z.int().min(1).default(256),
  epochs: z.int().min(1).default(500),
});

const neuralNetwork = z.strictObject({
  type: z.literal('neural-network'),
  ...common,
  layers: z
    .array(z.int().min(1).max(4096))
    .min(1)
    .max(16)
    .default([64, 32])
    .meta({ description: 'Units of each hidden layer.' }),
  activation: z.enum(['relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'swish', 'gelu']).default('relu'),
  dropout: z.union([z.number().min(0).lt(1), z.array(z.number().min(0).lt(1))]).default(0),
  'batch-norm': z.boolean().default(false),
  'learning-rate': z.number().positive().default(0.003),
  'batch-size': z.int().min(1).default(32),
  epochs: z.int().min(1).default(200),
});

export const candidateSchema = z.discriminatedUnion('type', [linear, neuralNetwork]);

export const trainSchema = z.strictObject({
  seed: z.int().min(0).default(42).meta({ description: 'Of every random draw in training.' }),
  backend: z.enum(['kernel', 'wasm', 'node', 'cpu']).default('kernel').meta({
    description:
      "kernel: Ciclo's own, the same bytes on every machine. TensorFlow.js: wasm, the same bytes on every machine; node, native, needs @tensorflow/tfjs-node; cpu, plain JavaScript.",
  }),
  candidates: z
    .array(candidateSchema)
    .min(1)
    .prefault([{ type: 'linear' }, { type: 'neural-network' }])
    .meta({
      description: 'Each is trained; the best on the validation split, by validate.primary, is the model.',
    }),
  importance: z
    .strictObject({ repeats: z.int().min(1).default(5), rows: z.int().min(1).default(5000) })
    .prefault({})
    .meta({ description: 'Permutation importance: repeats, and validation rows used at most.' }),
});

export const taskSchema = z
  .enum(tasks)
  .register(wordings, { noun: 'a task' })
  .meta({ description: 'What is predicted: a number, one of two classes, or one of several.' });

export type Task = z.output<typeof taskSchema>;
export type NeuralNetworkCandidate = z.output<typeof neuralNetwork>;
export type Candidate = z.output<typeof candidateSchema>;
export type LearningRateSchedule = z.output<typeof schedule>;
export type TrainConfig = z.output<typeof trainSchema>;
