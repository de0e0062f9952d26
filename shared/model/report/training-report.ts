// The training report: its schema, as training fills it.
import { z } from 'zod';

const epoch = z.strictObject({
  epoch: z.int().min(1),
  /** Mean training loss of the epoch, penalty included (regression: of the scaled target). An epoch of trees is a round. */
  loss: z.number(),
  validationLoss: z.number(),
  learningRate: z.number(),
});

const candidate = z.strictObject({
  name: z.string(),
  type: z.string(),
  /** The options used, defaults filled in. */
  options: z.record(z.string(), z.unknown()),
  /** Numbers that were learned: weights, or questions and leaves. */
  parameters: z.int(),
  epochs: z.int(),
  bestEpoch: z.int(),
  /** `converged`: a further step would not lower the training loss (linear models solved by Newton's method). */
  stopped: z.enum(['patience', 'epochs', 'converged']),
  /** Of `metric`, on the validation split. */
  validation: z.number(),
  history: z.array(epoch),
});

/** training.json: how the model came to be. */
export const trainingReportSchema = z.strictObject({
  version: z.literal(1),
  seed: z.int(),
  engine: z.strictObject({
    /** What made the chosen model: Ciclo's kernel, TensorFlow.js, or Ciclo's boosted trees. */
    name: z.enum(['ciclo', 'tensorflow.js', 'boosted-trees']),
    version: z.string(),
    backend: z.enum(['kernel', 'wasm', 'node', 'cpu', 'javascript']),
    /** True only for engines proved to give the same bytes on every machine. */
    reproducible: z.boolean(),
  }),
  rows: z.strictObject({ train: z.int(), validation: z.int() }),
  inputs: z.int(),
  /** By which candidates were compared on the validation split. */
  metric: z.string(),
  chosen: z.string(),
  candidates: z.array(candidate),
  /** Permutation importance on the validation split: how much `metric` worsens when a feature is shuffled. */
  importance: z.array(z.strictObject({ feature: z.string(), mean: z.number(), deviation: z.number() })),
  /** Binary, where `validate.decision` says how to decide: from which probability of the positive class on it is predicted. */
  decision: z
    .strictObject({
      threshold: z.number().min(0).max(1),
      /** What errors cost: by these it was chosen on so many validation rows, where a row then cost so much on average. */
      costs: z.strictObject({ missed: z.number(), 'false-alarm': z.number() }).optional(),
      rows: z.int().optional(),
      cost: z.number().nullable().optional(),
    })
    .optional(),
  /** What the trainer noticed: more columns than rows, a constant target. */
  warnings: z.array(z.string()),
});

export type TrainingReport = z.output<typeof trainingReportSchema>;
export type CandidateReport = z.output<typeof candidate>;
export type EpochReport = z.output<typeof epoch>;
