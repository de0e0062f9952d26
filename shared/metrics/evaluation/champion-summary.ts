// What evaluation.json says of an earlier model that was compared with.
import { z } from 'zod';
import { interval, value } from './judged-values.ts';

/** The judged model and an earlier one on a part of the rows, by the primary metric. */
const rowsPart = z.strictObject({
  rows: z.int(),
  /** The earlier model's. */
  value,
  /** The judged model's. */
  own: value,
  /** Positive is better. */
  gain: interval,
});

/** An earlier model that was compared with. */
export const championSummary = z.strictObject({
  name: z.string(),
  digest: z.string().optional(),
  /** Rows compared on: test rows for both, and those that only a filter dropped from the test. */
  rows: z.int(),
  /** How many of them a filter dropped; absent when none. */
  filtered: z.int().optional(),
  comparable: z.boolean(),
  /** It is the judged model itself; absent otherwise. */
  same: z.literal(true).optional(),
  /**
   * Whether the judged model is better by the primary metric: surely (the 95% interval of the gain lies above 0), and with
   * which one-sided confidence; null below 50%.
   */
  better: z.strictObject({ surely: z.boolean(), confidence: value }).optional(),
  /**
   * `newer-rows`: the two are compared on the rows that came after its data, of which there are enough (30); absent where they
   * are compared on all rows that both can be judged on.
   */
  decidedBy: z.literal('newer-rows').optional(),
  /** Why there are no others to compare on; absent where there are, or could be. */
  newerAlone: z.string().optional(),
  /** On the rows that came after its data, and on the others; absent where none, or all, did. */
  newer: rowsPart.optional(),
  older: rowsPart.optional(),
  /** `out-of-fold`: what it said of the older rows it said of rows that it had not seen, as each fold's model; else it was deployed. */
  by: z.literal('out-of-fold').optional(),
  /** Rows that both predicted out-of-fold and that have been edited in between: left out. Absent when none. */
  edited: z.int().optional(),
  reason: z.string().optional(),
});

export type RowsPart = z.output<typeof rowsPart>;
