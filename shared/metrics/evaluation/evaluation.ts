// evaluation.json, its verdict and its headline: what everything after `validate` reads.
import { z } from 'zod';
import { consequences } from '../../config/sections/inconclusive-policy.ts';
import { tasks } from '../descriptors/descriptor.ts';
import { championSummary } from './champion-summary.ts';
import { evaluationWarning } from './evaluation-warning.ts';
import { gateResult } from './gate-result.ts';
import { value } from './judged-values.ts';
import { metricResult, sliceResult } from './metric-result.ts';
import { calibrationMap, curves, point, thresholdScores, uncertainty } from './prediction-facts.ts';

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
  warnings: z.array(evaluationWarning).optional(),
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
