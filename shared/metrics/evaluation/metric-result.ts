// What evaluation.json says of a metric on all judged rows, and on those of a slice.
import { z } from 'zod';
import { directions } from '../descriptors/direction.ts';
import { interval, value } from './judged-values.ts';

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

export const metricResult = z.strictObject({
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

export const sliceResult = z.strictObject({
  column: z.string(),
  /** `USA`, `2,200 to below 2,800`, `missing`. */
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

export type MetricResult = z.output<typeof metricResult>;
export type SliceResult = z.output<typeof sliceResult>;
