// evaluation.json, its verdict and its headline: what everything after `validate` reads.
import { z } from 'zod';
import { consequences, doubts } from '../../config/sections/inconclusive-policy.ts';
import { tasks } from '../descriptors/descriptor.ts';
import { directions } from '../descriptors/direction.ts';
import { championSummary, type rowsPart } from './champion-summary.ts';
import { interval, value } from './judged-values.ts';
import {
  calibrationMap,
  curves,
  type errorBin,
  point,
  thresholdScores,
  uncertainty,
} from './prediction-facts.ts';

/** The difference champion → challenger on the same rows; positive `gain` means the challenger is better. */
const comparison = z.strictObject({
  /** The champion's value on the rows compared on. */
  value,
  /** The judged model's on the same rows; absent where those are all judged rows. */
  own: value.optional(),
  /** challenger − champion in the metric's own units, with its paired interval. */
  difference: interval,
  /** Signed so that positive is better, whatever the metric's direction. */
  gain: interval,
});

const metricResult = z.strictObject({
  name: z.string(),
  value,
  low: value,
  high: value,
  reason: z.string().optional(),
  better: z.enum(directions),
  baseline: value.optional(),
  train: value.optional(),
  champion: comparison.optional(),
});

const sliceResult = z.strictObject({
  column: z.string(),
  /** `USA`, `2200 to below 2800`, `missing`. */
  label: z.string(),
  /** Of a bin of numbers or dates (milliseconds since 1970): its least value, and what its values are below. */
  from: z.number().optional(),
  below: z.number().optional(),
  rows: z.int(),
  /** False when there are fewer rows than `min-slice-rows`: shown, not judged. */
  judged: z.boolean(),
  metric: z.string(),
  value,
  low: value,
  high: value,
  /** Why there is no value, or no interval of a judged slice. */
  reason: z.string().optional(),
  champion: value.optional(),
  /** Of a judged slice: how much better than the champion, on the same resamples; positive means better. */
  gain: interval.optional(),
});

const gateResult = z.strictObject({
  /** Index in validate.gates, from 0: finds the line in ciclo.yml. */
  index: z.int(),
  metric: z.string(),
  kind: z.enum([
    'min',
    'max',
    'champion-worse-by-at-most',
    'champion-better-by-at-least',
    'train-gap',
    'baseline-better-by-at-least',
  ]),
  /** Of a champion gate: with which model, default the champion. */
  of: z.literal('anchor').optional(),
  slice: z.strictObject({ column: z.string(), label: z.string() }).optional(),
  /** What was declared, as a person says it: `rmse at most 4`. */
  declared: z.string(),
  /**
   * The bound in the measured quantity's own units. Measured is, by kind: the metric (min, max); how much worse it is,
   * positive being worse (worse-by-at-most, train-gap: holds at or below the bound); the gain, positive being better
   * (better-by-at-least: holds at or above it).
   */
  bound: value,
  measured: value,
  low: value,
  high: value,
  /** Of a bound that is a share: the share, and the size that it is a share of. */
  relative: z.strictObject({ bound: z.number(), of: z.number() }).optional(),
  outcome: z.enum(['pass', 'fail', 'inconclusive', 'not-applicable']),
  /**
   * Of an inconclusive gate: the value itself lies within the bound or beyond it, or there is no interval to tell by; absent
   * in evaluations of earlier versions.
   */
  doubt: z.enum(doubts).optional(),
  /** Of an inconclusive gate: what it means for the verdict under `inconclusive`; absent in those of earlier versions. */
  means: z.enum(consequences).optional(),
  /** One sentence: why this outcome. */
  message: z.string(),
  /** What the gate can tell on so many rows; absent where nothing was measured. */
  tells: z
    .strictObject({
      rows: z.int(),
      /** Where a model's true quantity, in the units of `measured`, must lie for the gate to fail it with probability `power`. */
      at: z.number(),
      power: z.number(),
      /** Of champion gates: the probability that a model as good as the champion fails. */
      failsEqual: z.number().optional(),
    })
    .optional(),
});

const warning = z.strictObject({
  /**
   * `too-good`: nearly perfect, or by one or two columns. `validation-gap`: validation and test rows are not alike. `few-rows`:
   * a few rows make up most of the squared error. `no-skill`: no better than the naive baseline.
   * `contradiction`: predicted labels go against the probabilities.
   */
  kind: z.enum(['too-good', 'validation-gap', 'few-rows', 'no-skill', 'contradiction']),
  /** The columns to look at. */
  columns: z.array(z.string()).optional(),
  /** What was found and what to look for. */
  message: z.string(),
});

/** evaluation.json: the judgement of one model on one test split. Also the schema that is published. */
export const evaluationSchema = z.strictObject({
  version: z.literal(1),
  pipeline: z.string(),
  task: z.enum(tasks),
  target: z.string(),
  unit: z.string().optional(),
  classes: z.array(z.string()).optional(),
  /** Binary: the class that precision, recall, curves and thresholds are of; absent in old ones, where it is the second. */
  positive: z.string().optional(),
  rows: z.int(),
  /**
   * The rows were predicted out-of-fold, each by a model that had not seen its fold: what is estimated is the expected error of
   * the way to the model, at (folds − 1) / folds of the rows. Absent where rows were held out.
   */
  outOfFold: z
    .strictObject({
      folds: z.int(),
      /** Numbers, or columns, that the model computes from, per judged row. */
      inputsPerRow: z.number(),
      /** By what intervals of differences are lengthened, since the folds' models share rows. */
      factor: z.number(),
      /** Whether intervals of differences were shown to hold as often as they say: up to 0.25 inputs a row. */
      promised: z.boolean(),
    })
    .optional(),
  /** Digests of what was judged; `predictions` when a file of predictions was. */
  model: z.string().optional(),
  dataset: z.string().optional(),
  predictions: z.string().optional(),
  champion: championSummary.optional(),
  /** What `of: anchor` compares with; no more than its name where no gate asks for it. */
  anchor: championSummary.omit({ better: true }).partial({ rows: true, comparable: true }).optional(),
  /** Which test rows judged, and digests of the models that they have judged: those of the versions before, and this one. */
  judged: z.strictObject({ rows: z.string(), models: z.array(z.string()) }).optional(),
  /** pass, warn (inconclusive under the policy `warn`) or fail. */
  verdict: z.enum(['pass', 'warn', 'fail']),
  /** One sentence: the verdict and the one number that matters. */
  headline: z.string(),
  /** What to look at before the verdict is believed; it does not change the verdict. */
  warnings: z.array(warning).optional(),
  primary: z.string(),
  bootstrap: z.strictObject({
    /** `auto`: by metric. */
    method: z.enum(['auto', 'bca', 'percentile']),
    resamples: z.int(),
    confidence: z.number(),
    seed: z.int(),
    /** How many of the rows were resampled, where there are more. */
    rows: z.int().optional(),
  }),
  /** One word for every inconclusive gate, or one for each doubt. */
  inconclusive: z.union([
    z.enum(consequences),
    z.strictObject({
      within: z.enum(consequences),
      beyond: z.enum(consequences),
      unmeasured: z.enum(consequences),
    }),
  ]),
  metrics: z.array(metricResult),
  gates: z.array(gateResult),
  slices: z.array(sliceResult),
  /** Classifiers: per class, in the order of `classes`. */
  perClass: z
    .array(z.strictObject({ class: z.string(), rows: z.int(), precision: value, recall: value, f1: value }))
    .optional(),
  /** Classifiers: rows are actual, columns predicted. */
  confusion: z.array(z.array(z.int())).optional(),
  /** Binary: the positive class's scores by threshold, 0.05 to 0.95. */
  thresholds: z.array(thresholdScores.extend({ threshold: z.number() })).optional(),
  /** Binary: the same as the rows are predicted; `threshold` where the predictions follow the probability. */
  operatingPoint: thresholdScores.extend({ threshold: z.number().optional() }).optional(),
  /**
   * Bins of about equally many rows: mean predicted probability, share that happened with its Wilson interval, rows. Of a
   * binary task the positive class's probability, of several classes the most probable one's.
   */
  calibration: z
    .array(
      z.strictObject({
        predicted: z.number(),
        observed: z.number(),
        rows: z.int(),
        low: z.number().optional(),
        high: z.number().optional(),
      }),
    )
    .optional(),
  /** Binary: the positive class's curves, at most 200 points each. */
  roc: curves.shape.roc.optional(),
  precisionRecall: curves.shape.precisionRecall.optional(),
  /** Binary: the champion's, on the rows compared on. */
  championCurves: curves.optional(),
  /** Multiclass: the curves of each class against the rest, of at most ten classes, the largest. */
  oneAgainstRest: z
    .array(
      curves.extend({
        class: z.string(),
        rows: z.int(),
        rocAuc: z.number(),
        averagePrecision: z.number(),
        champion: curves.optional(),
      }),
    )
    .optional(),
  /** Regression: at most 500 (actual, predicted), chosen by seed. */
  scatter: z.array(point).optional(),
  /** Regression: quantiles of actual − predicted at 1, 5, 10, 25, 50, 75, 90, 95, 99 %. */
  residuals: z
    .strictObject({ probabilities: z.array(z.number()), quantiles: z.array(z.number()) })
    .optional(),
  /**
   * Classifiers with probabilities: what a probability was worth, by isotonic regression; of a binary task the positive
   * class's, else each class's. The performance on rows without labels is estimated from it.
   */
  calibrationMaps: z.array(calibrationMap).optional(),
  /** Regression: how far off predictions of new rows are. */
  uncertainty: uncertainty.optional(),
});

export type Evaluation = z.output<typeof evaluationSchema>;
export type EvaluationWarning = z.output<typeof warning>;
export type MetricResult = z.output<typeof metricResult>;
export type GateResult = z.output<typeof gateResult>;
export type SliceResult = z.output<typeof sliceResult>;
export type ErrorBin = z.output<typeof errorBin>;
export type CalibrationMap = z.output<typeof calibrationMap>;
export type RowsPart = z.output<typeof rowsPart>;
export type Uncertainty = z.output<typeof uncertainty>;
export type Curves = z.output<typeof curves>;
export type ThresholdScores = z.output<typeof thresholdScores>;
export type Interval = z.output<typeof interval>;
