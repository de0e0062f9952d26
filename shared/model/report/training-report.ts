// The training report: its schema, as training fills it.
import { z } from 'zod';
import { rowCurveSchema } from './row-curve-report.ts';
import { searchReportSchema } from './search-report.ts';

/**
 * What coefficients over standardised inputs cost: `alpha` times their squares beside the summed squared errors, or half of
 * their squares beside `c` times the summed log-losses; Ridge's α and LogisticRegression's C in scikit-learn.
 */
const penalty = z.union([z.strictObject({ alpha: z.number() }), z.strictObject({ c: z.number() })]);

const epoch = z.strictObject({
  epoch: z.int().min(1),
  /** Mean training loss of the epoch, penalty included (regression: of the scaled target). An epoch of trees is a round. */
  loss: z.number(),
  validationLoss: z.number(),
  /** Of steps that have one. */
  learningRate: z.number().optional(),
  /** Of a linear model that tries penalties: that of this step. */
  penalty: penalty.optional(),
});

/** How a converted model compares with what was converted, on the validation rows. */
const conversion = z.strictObject({
  /** Of a probability absolute; of a number relative to the target's deviation, or to the number where that is larger. */
  tolerance: z.number(),
  rows: z.int(),
  /** Rows that differ by more than the tolerance. */
  beyond: z.int(),
  /** The largest difference of a row; null where the model gave none that is a number. */
  worst: z.number().nullable(),
  /** The share of the rows that may be beyond. */
  allowed: z.number(),
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
  /** Of rows in folds, where it was trained once more: for how many epochs on all rows. */
  refitted: z.int().min(1).optional(),
  /**
   * `converged`: a further step would not lower the training loss (linear models solved by Newton's method). `command`: a
   * program of the user's trained it, and parameters, epochs and history are its own business: 0 and empty.
   */
  stopped: z.enum(['patience', 'epochs', 'converged', 'command']),
  /** Of `metric`, on the validation split, or on out-of-fold predictions. */
  validation: z.number(),
  history: z.array(epoch),
  /** Of a command that wrote model.onnx. */
  conversion: conversion.optional(),
});

/** How the model of one fold came to be. */
const fold = z.strictObject({
  /** That it learned from, that stopped it early, and that it predicted without having seen them. */
  rows: z.strictObject({ train: z.int(), validation: z.int(), predicted: z.int() }),
  /** The candidate, or blend, that predicts the fold's rows, chosen by the other folds' rows. */
  chosen: z.string(),
  /** Of a candidate; a blend has none of its own. */
  bestEpoch: z.int().optional(),
  /** Of `metric`, on the other folds' rows, each predicted by a model that has not seen it: what chose the candidate. */
  validation: z.number(),
  metric: z.string(),
  /** Where `validate.decision` says how to decide: the threshold, chosen by the other folds' rows. */
  threshold: z.number().min(0).max(1).optional(),
});

const blendPart = z.strictObject({
  /** Of the candidate. */
  name: z.string(),
  type: z.string(),
  /** What it learned in place of the target. */
  target: z.literal('log1p').optional(),
  /** 0 of a part that the blend does without. */
  weight: z.number().min(0).max(1),
  /** Of `metric`, of the part alone. */
  score: z.number(),
  /** Of `metric`, of the blend of all other parts; absent of the only one. */
  without: z.number().optional(),
  /** Models of which it is the mean; 0 of one that the blend does without, as are its bytes and its work. */
  members: z.int().min(0),
  /** Of its models' numbers. */
  bytes: z.int().min(0),
  /** Multiplications, or what takes as long, of one row. */
  work: z.number().min(0),
});

/** A blend and its parts, judged on out-of-fold predictions by weights that come from the other folds. */
export const blendReportSchema = z.strictObject({
  /** Of `metric`. */
  score: z.number(),
  parts: z.array(blendPart).min(1),
  /** What its models are: those of the folds, which are kept, or trained once more on all rows. Absent of a blend by others. */
  models: z.enum(['of-folds', 'refitted']).optional(),
  bytes: z.int().min(0),
  work: z.number().min(0),
});

/** training.json: how the model came to be. */
export const trainingReportSchema = z.strictObject({
  version: z.literal(1),
  seed: z.int(),
  engine: z.strictObject({
    /** What made the chosen model: Ciclo's kernel, TensorFlow.js, Ciclo's boosted trees, a blend of these, or a command of the user's. */
    name: z.enum(['ciclo', 'tensorflow.js', 'boosted-trees', 'ensemble', 'command']),
    version: z.string(),
    /** Of a command: what runs its model, or `predictions` where there is none to run. */
    backend: z.enum(['kernel', 'wasm', 'node', 'cpu', 'javascript', 'onnxruntime', 'predictions']),
    /** True only for engines proved to give the same bytes on every machine. */
    reproducible: z.boolean(),
  }),
  /** In folds: those that the last training learned from, and those that models which have not seen them predicted. */
  rows: z.strictObject({ train: z.int(), validation: z.int() }),
  inputs: z.int(),
  /** By which candidates were compared on the validation split, or on out-of-fold predictions. */
  metric: z.string(),
  chosen: z.string(),
  candidates: z.array(candidate),
  /**
   * Only of rows in folds. A candidate's epochs and history are then those of the fold with the median best epoch, after as many of
   * which the deployed model's training ends.
   */
  folds: z.array(fold).optional(),
  /** Where the model is a blend of candidates; `chosen` is then none of them. */
  blend: blendReportSchema.optional(),
  /** Where `train.search` asks for one. */
  search: searchReportSchema.optional(),
  /** Where it is asked for, or a sample of the rows was drawn: what more of them would be worth. */
  learningCurve: rowCurveSchema.optional(),
  /** Where no blend was made and one could be: what that would reach, or how it would be had. */
  note: z.string().optional(),
  /** Where rows are divided by time and columns of numbers or dates grow with it. */
  trend: z
    .strictObject({
      columns: z.array(z.string()).min(1),
      /** Whether models do without them. */
      leftOut: z.boolean(),
      /** Of boosted trees on the later rows of all folds, where it was found out. */
      loss: z.strictObject({ with: z.number(), without: z.number() }).optional(),
    })
    .optional(),
  /** Permutation importance on the validation split, or in each fold by its model: how much `metric` worsens when a feature is shuffled. */
  importance: z.array(z.strictObject({ feature: z.string(), mean: z.number(), deviation: z.number() })),
  /** Binary, where `validate.decision` says how to decide: from which probability of the positive class on it is predicted. */
  decision: z
    .strictObject({
      threshold: z.number().min(0).max(1),
      /** What errors cost: by these it was chosen on so many validation, or out-of-fold, rows, where a row then cost so much on average. */
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
export type ConversionReport = z.output<typeof conversion>;
export type BlendReport = z.output<typeof blendReportSchema>;
export type BlendPartReport = z.output<typeof blendPart>;
export type EpochReport = z.output<typeof epoch>;
export type Penalty = z.output<typeof penalty>;
