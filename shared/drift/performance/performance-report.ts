// Whether the model got worse: measured by labels, or estimated without them.
import { z } from 'zod';
import { directions } from '../../metrics/descriptors/direction.ts';

const count = z.int().min(0);
const figure = z.number().nullable();

/** A value with the interval that holds the truth at the stated confidence. */
const interval = z.strictObject({ value: figure, low: figure, high: figure });

/** The part `performance` of drift.json: how the model does on the current rows. */
export const performanceSchema = z.strictObject({
  /** measured: by labels. estimated: without them, from what the model itself says. */
  outcome: z.enum(['measured', 'estimated', 'not-enough-data', 'not-available']),
  /** The primary metric: `rmse`. */
  metric: z.string(),
  better: z.enum(directions),
  /** How an estimate was made: confidence-based performance estimation, or a model of the error. */
  method: z.enum(['labels', 'cbpe', 'error-model']).optional(),
  rows: z.strictObject({
    /** Test rows of the evaluation. */
    reference: count,
    /** Current rows that the figure is of. */
    current: count,
    /** Current rows whose label has not come yet. */
    unlabelled: count,
  }),
  /** How many labels that came later were joined to rows by key; absent where none were. */
  labels: z
    .strictObject({
      /** Rows that have their label by it. */
      joined: count,
      /** Rows whose labels contradict each other: they count as unlabelled. */
      contradicting: count,
      /** Labels whose key no compared row has. */
      'not-found': count,
      /** Labels that lack a value of the key. */
      'without-key': count,
    })
    .optional(),
  /** Of the evaluation. */
  reference: interval,
  current: interval,
  /**
   * How much worse than the evaluation, positive being worse; in the metric's unit and as a share of the evaluation's value.
   * Both intervals take the evaluation for uncertain too; an end is null where the evaluation's value may be zero. Of an estimate
   * they hold if features and target still go together as in the evaluation.
   */
  worse: interval,
  'worse-relative': interval,
  /** The declared limit of `worse`, in the metric's unit. */
  limit: figure,
  /** The same of `worse-relative`, where it is declared as a share. */
  'limit-relative': z.number().optional(),
  /** Of the intervals. What a measured performance is decided by are not these but those of the scan over event time. */
  confidence: z.number().min(0).max(1),
  /**
   * Measured: the smallest worsening of these rows that such a look would find in 4 of 5 cases, in the metric's unit and as a
   * share of the evaluation's value; null where no worsening would be found. Absent in reports of earlier versions.
   */
  detectable: z.strictObject({ worse: figure, relative: figure }).optional(),
  /** Measured: to how many independent rows the current ones amount; absent where each counts. */
  'effective-rows': count.optional(),
  /** Measured and degraded: the newest rows, since when the model is surely worse than its evaluation says. */
  since: z
    .strictObject({
      /** Event time of the first of them; absent where they are all rows. */
      from: z.string().optional(),
      rows: count,
      current: interval,
      worse: interval,
      'worse-relative': interval,
      /** The worsening is at least that, whenever and however often one looks. */
      'at-least': z.strictObject({ worse: z.number(), relative: figure }),
    })
    .optional(),
  /**
   * Measured: the scan over event time found rows since which the model is worse, by more than the limit. Estimates never say so
   * by themselves: see `suspected`.
   */
  degraded: z.boolean(),
  /** The estimate lies above the limit, which is a reason to fetch labels and none to retrain. */
  suspected: z.boolean(),
  /** Measured: the figure in a sentence, also where it is not decided. */
  headline: z.string().optional(),
  /** The metric over the event time, the oldest first. */
  periods: z.array(z.strictObject({ period: z.string(), rows: count, ...interval.shape })),
  reasons: z.array(z.string()),
});

/** Slices of the current rows that drifted or got worse most, the worst first. */
export const segmentSchema = z.strictObject({
  column: z.string(),
  /** `USA`, `2200 to below 2800`, `missing`. */
  label: z.string(),
  rows: z.strictObject({ reference: count, current: count }),
  /** Share of all rows. */
  share: z.strictObject({ reference: z.number(), current: z.number() }),
  /** The primary metric on current rows of the slice; null without labels. */
  metric: interval.optional(),
  /** How much worse than the evaluation's figure of this slice, positive being worse. */
  worse: interval.optional(),
  reason: z.string(),
});

export type Performance = z.output<typeof performanceSchema>;
export type Segment = z.output<typeof segmentSchema>;
