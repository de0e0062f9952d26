/** What `--json` prints of an evaluation: of `validate`, and within `run` and `init`. A contract, as json-output.ts. */
import { z } from 'zod';
import { consequences, doubts } from '../../shared/config/sections/inconclusive-policy.ts';
import { tasks } from '../../shared/metrics/descriptors/descriptor.ts';
import { directions } from '../../shared/metrics/descriptors/direction.ts';
import { evaluationSchema } from '../../shared/metrics/evaluation/evaluation.ts';
import { digestText, numberOrNull } from './json-values.ts';

const difference = z.strictObject({
  value: numberOrNull,
  low: numberOrNull,
  high: numberOrNull,
  reason: z.string().optional(),
});

const metricJson = z.strictObject({
  value: numberOrNull,
  low: numberOrNull,
  high: numberOrNull,
  better: z.enum(directions),
  reason: z.string().optional(),
  baseline: numberOrNull.optional(),
  train: numberOrNull.optional(),
  /** `own`: this model's on the rows compared on, where those are not all judged rows. */
  champion: z
    .strictObject({ value: numberOrNull, own: numberOrNull.optional(), difference, gain: difference })
    .optional(),
});

const gateJson = z.strictObject({
  index: z.int(),
  metric: z.string(),
  kind: z.string(),
  of: z.literal('anchor').optional(),
  slice: z.strictObject({ column: z.string(), label: z.string() }).optional(),
  declared: z.string(),
  outcome: z.enum(['pass', 'fail', 'inconclusive', 'not-applicable']),
  /** Of an inconclusive gate: why, and what it means for the verdict. */
  doubt: z.enum(doubts).optional(),
  means: z.enum(consequences).optional(),
  bound: numberOrNull,
  measured: numberOrNull,
  low: numberOrNull,
  high: numberOrNull,
  /** Of a bound that is a share: the share, and the size that it is a share of. */
  relative: z.strictObject({ bound: z.number(), of: z.number() }).optional(),
  message: z.string(),
  /** What it can tell on so many rows: where a model's true quantity must lie to fail with probability `power`. */
  tells: z
    .strictObject({
      rows: z.int(),
      at: z.number(),
      power: z.number(),
      failsEqual: z.number().optional(),
    })
    .optional(),
});

export const validateJsonSchema = z.strictObject({
  /** Absent when predictions from a file were judged without `--output`. */
  folder: z.string().optional(),
  digest: digestText.optional(),
  fingerprint: digestText.optional(),
  report: z.string().optional(),
  verdict: z.enum(['pass', 'warn', 'fail']),
  headline: z.string(),
  task: z.enum(tasks),
  target: z.string(),
  /** Of a binary task. */
  positive: z.string().optional(),
  rows: z.int(),
  /** What is to be known of it, in sentences: that hardly a row is predicted positive. */
  notes: z.array(z.string()),
  /** What to look at before the verdict is believed. */
  warnings: z.array(
    z.strictObject({ kind: z.string(), columns: z.array(z.string()).optional(), message: z.string() }),
  ),
  primary: z.string(),
  /** By the metric's name: `metrics.rmse.value`. */
  metrics: z.record(z.string(), metricJson),
  gates: z.array(gateJson),
  /** As evaluation.json has them, so that what is added there is not refused here. */
  outOfFold: evaluationSchema.shape.outOfFold,
  champion: evaluationSchema.shape.champion,
  anchor: evaluationSchema.shape.anchor,
  /** How many models the test rows have judged since rows last came, and what that makes of a good result. */
  looks: z
    .strictObject({
      models: z.int(),
      /** Known from the versions that led to the one in production, and from this run directory. */
      versions: z.int(),
      runs: z.int(),
      /** The probability that one of so many models, all as good as the champion, looks clearly better by chance. */
      luckyWinner: z.number(),
    })
    .optional(),
});

export type ValidateJson = z.output<typeof validateJsonSchema>;
