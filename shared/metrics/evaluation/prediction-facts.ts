// What evaluation.json says of predictions themselves: how they rank, how probable they are, how large their errors are.
import { z } from 'zod';
import { value } from './judged-values.ts';

export const point = z.tuple([z.number(), z.number()]);

/** How well probabilities rank the rows of a class before the others, as points. */
export const curves = z.strictObject({
  /** (false positive rate, true positive rate), from (0, 0) to (1, 1). */
  roc: z.array(point),
  /** (recall, precision) by ascending recall: a precision holds from the recall before it on, as a step. */
  precisionRecall: z.array(point),
});

/** The positive class's scores when rows are predicted positive from some probability on; null where undefined. */
export const thresholdScores = z.strictObject({
  /** Rows predicted positive. */
  predicted: z.int(),
  precision: value,
  recall: value,
  specificity: value,
  f1: value,
  /** Mean cost of a row, where `validate.decision.costs` says what errors cost. */
  cost: z.number().optional(),
});

/** Of numbers that are not negative. */
const spread = z.strictObject({ mean: z.number(), deviation: z.number() });

const errorBin = z.strictObject({
  /** Lowest and highest prediction in the bin. */
  from: z.number(),
  to: z.number(),
  rows: z.int(),
  /** Of |error|, in the target's unit. */
  absolute: spread,
  /** Of error². */
  squared: spread,
});

export const calibrationMap = z.strictObject({
  class: z.string(),
  /** Of ascending probabilities: the share of the rows that was of the class. */
  blocks: z
    .array(z.strictObject({ from: z.number(), to: z.number(), observed: z.number(), rows: z.int() }))
    .min(1),
});

export const uncertainty = z.strictObject({
  /** Judged rows whose residuals it was taken from. */
  rows: z.int(),
  /** A prediction ± the half-width (in the target's unit) holds the truth with that probability; null: too few rows. */
  intervals: z.array(z.strictObject({ level: z.number(), halfWidth: value })),
  /** How large errors are, by ascending prediction: the error on rows without labels is estimated from it. */
  errors: z.array(errorBin).min(1).optional(),
});

export type Curves = z.output<typeof curves>;
export type ThresholdScores = z.output<typeof thresholdScores>;
export type ErrorBin = z.output<typeof errorBin>;
export type CalibrationMap = z.output<typeof calibrationMap>;
export type Uncertainty = z.output<typeof uncertainty>;
