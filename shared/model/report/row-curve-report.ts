// What more rows are worth, as training.json has it.
import { z } from 'zod';

const point = z.strictObject({
  /** Training rows of each model. */
  rows: z.int(),
  /** Models of as many rows, none of which is of the same as another's; the loss is their mean. */
  models: z.int().min(1),
  loss: z.number(),
});

/** A curve over the number of training rows: the chosen model, trained on parts of them. */
export const rowCurveSchema = z.strictObject({
  /** Loss as a metric: the root of the mean squared error, the mean absolute error, the log-loss. */
  metric: z.enum(['rmse', 'mae', 'log-loss']),
  /** Candidates that were trained so, as they are blended. */
  of: z.array(z.string()).min(1),
  /** Rows that the losses are of, the same for all models. */
  judged: z.int(),
  /** From an eighth of the rows to all of them. */
  points: z.array(point).min(2),
  /** By how much of the loss twice as many rows would lower it; negative: raise it. */
  twice: z.strictObject({
    lower: z.number(),
    interval: z.tuple([z.number(), z.number()]),
    /** Of the interval. */
    confidence: z.number(),
  }),
  /** `helps`: surely lower. `hardly`: by less than 1%, surely. `open`: neither can be told. */
  verdict: z.enum(['helps', 'hardly', 'open']),
});

export type RowCurve = z.output<typeof rowCurveSchema>;
