import { z } from 'zod';
import { tasks } from '../../metrics/descriptors/descriptor.ts';
import { namedRecord } from '../../platform/named-record.ts';
import { wordings } from '../messages/wording.ts';
import { duration } from './duration.ts';
import { searchSchema } from './search-section.ts';
import { positiveShare, share } from './values.ts';

const factor = z
  .number()
  .positive()
  .max(1)
  .meta({ description: 'What the learning rate is multiplied by each time.' });

const schedule = z.union([
  z.enum(['constant', 'cosine']),
  z.strictObject({
    step: z
      .strictObject({
        every: z.int().min(1).meta({ description: 'Epochs between two steps.' }),
        factor,
      })
      .meta({ description: 'The rate falls by a factor, again and again after so many epochs.' }),
  }),
  z.strictObject({
    plateau: z
      .strictObject({
        patience: z
          .int()
          .min(1)
          .meta({ description: 'Epochs without a better validation loss before the rate falls.' }),
        factor,
      })
      .meta({ description: 'The rate falls by a factor when the validation loss has stopped falling.' }),
  }),
]);

const name = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .meta({ description: 'Default: the type, numbered when there are several.' });

const classWeights = z
  .union([z.enum(['none', 'balanced']), namedRecord(z.number().positive())])
  .default('none')
  .meta({ description: 'balanced: n / (classes × count), as scikit-learn has it.' });

const target = z.enum(['raw', 'log1p']).default('raw').meta({
  description:
    'Regression alone: what is learned. log1p: ln(1 + target), of a target that is never negative; its predictions are turned back, and are at most three times the largest target of training.',
});

const common = {
  name,
  target,
  l2: z.number().min(0).default(0).meta({ description: 'Penalty on squared weights (not on biases).' }),
  'learning-rate-schedule': schedule.default('cosine').meta({
    description:
      'How the learning rate changes from epoch to epoch: constant, cosine (falls to 0 over all epochs), by steps, or on a plateau of the validation loss. Not used by newton.',
  }),
  patience: z.int().min(1).default(20).meta({
    description: "Epochs, of Newton's method steps, without a better validation loss before it stops.",
  }),
  'class-weights': classWeights,
};

const linear = z.strictObject({
  type: z.literal('linear').meta({ description: 'Linear regression, or logistic regression of classes.' }),
  ...common,
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

/** A number, or what the table asks for. */
const auto = <S extends z.ZodType>(number: S) => z.union([z.literal('auto'), number]);

const neuralNetwork = z.strictObject({
  type: z.literal('neural-network').meta({ description: 'A neural network of dense layers.' }),
  ...common,
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

const boostedTrees = z.strictObject({
  type: z.literal('boosted-trees').meta({ description: 'Gradient-boosted decision trees.' }),
  name,
  target,
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

const pattern = z.string().min(1);

const command = z.strictObject({
  type: z
    .literal('command')
    .meta({ description: 'A program of your own, which writes an ONNX model or predictions.' }),
  name,
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

export const candidateSchema = z.discriminatedUnion('type', [linear, neuralNetwork, boostedTrees, command]);

export const trainSchema = z.strictObject({
  seed: z
    .int()
    .min(0)
    .default(42)
    .meta({ description: 'Seed of every random draw in training: the same seed gives the same model.' }),
  backend: z.enum(['kernel', 'wasm', 'node', 'cpu']).default('kernel').meta({
    description:
      "kernel: Ciclo's own, the same bytes on every machine. TensorFlow.js: wasm, the same bytes on every machine; node, native, needs @tensorflow/tfjs-node; cpu, plain JavaScript.",
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

export const taskSchema = z
  .enum(tasks)
  .register(wordings, { noun: 'a task' })
  .meta({ description: 'What is predicted: a number, one of two classes, or one of several.' });

export type Task = z.output<typeof taskSchema>;
export type NeuralNetworkCandidate = z.output<typeof neuralNetwork>;
export type BoostedTreesCandidate = z.output<typeof boostedTrees>;
export type CommandCandidate = z.output<typeof command>;
export type LayersCandidate = z.output<typeof linear> | NeuralNetworkCandidate;
/** Options whose every `auto` that stands for a number has become one. */
export type Settled<Options> = {
  readonly [Key in keyof Options]: number extends Options[Key] ? Exclude<Options[Key], 'auto'> : Options[Key];
};
/** A linear model's options, or a network's as it is trained. */
export type LayersOptions = z.output<typeof linear> | Settled<NeuralNetworkCandidate>;
export type Candidate = z.output<typeof candidateSchema>;
export type LearningRateSchedule = z.output<typeof schedule>;
export type TrainConfig = z.output<typeof trainSchema>;
