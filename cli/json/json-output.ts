// What `--json` prints of each command.
/**
 * What `--json` prints: one object on stdout for each command. These shapes are a contract
 * (docs/guides/command-line.md); a key is added freely, and none is renamed or removed within a major version. Versions and
 * the monitor have theirs in json-versions.ts and json-monitor.ts.
 */
import { z } from 'zod';
import { lockSchema } from '../../shared/config/lock/lock.ts';
import { consequences, doubts } from '../../shared/config/sections/inconclusive-policy.ts';
import { sampledRows } from '../../shared/dataset/quality/quality-report.ts';
import { tasks } from '../../shared/metrics/descriptors/descriptor.ts';
import { directions } from '../../shared/metrics/descriptors/direction.ts';
import { evaluationSchema } from '../../shared/metrics/evaluation/evaluation.ts';
import { rowCurveSchema } from '../../shared/model/report/row-curve-report.ts';
import { searchReportSchema } from '../../shared/model/report/search-report.ts';
import { blendReportSchema } from '../../shared/model/report/training-report.ts';
import { namedRecord } from '../../shared/platform/named-record.ts';

/** A number that may be undefined for this data: then null, and `reason` beside it says why. */
export const numberOrNull = z.number().nullable();
export const digestText = z.string().regex(/^sha256:[0-9a-f]{64}$/);

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

export const lockJsonSchema = z.strictObject({
  file: z.string(),
  /** `unchanged`, `planned` (`--dry-run`), `declined` (answered no), `written`. */
  status: z.enum(['unchanged', 'planned', 'declined', 'written']),
  /** What changes, in words; empty when nothing does. */
  changes: z.array(z.string()),
  /** The lock as it is now, or would be. */
  lock: lockSchema,
});

export const prepareJsonSchema = z.strictObject({
  folder: z.string(),
  digest: digestText,
  fingerprint: digestText,
  rows: z.strictObject({
    read: z.int(),
    /** Where `read` are drawn of more rows. */
    sampled: sampledRows.optional(),
    afterWindow: z.int(),
    late: z.int(),
    dropped: z.int(),
    kept: z.int(),
    train: z.int(),
    validation: z.int(),
    test: z.int(),
    /** Rows of each fold; `train` is then all rows, and `test` all that are predicted. */
    folds: z.array(z.int()).optional(),
  }),
  /** The positive class of a binary task. */
  positive: z.string().optional(),
  quality: z.strictObject({
    status: z.enum(['pass', 'warn', 'fail']),
    /** The checks that did not pass. */
    findings: z.array(
      z.strictObject({
        check: z.string(),
        column: z.string().optional(),
        status: z.enum(['warn', 'fail']),
        message: z.string(),
      }),
    ),
    /** What the table seems to be, where ciclo.yml does not say so. */
    remarks: z.array(
      z.strictObject({ column: z.string().optional(), kind: z.string(), message: z.string() }),
    ),
  }),
  lock: z.strictObject({ file: z.string(), status: z.enum(['used', 'written']) }),
});

export const trainJsonSchema = z.strictObject({
  folder: z.string(),
  digest: digestText,
  fingerprint: digestText,
  /** Library and backend: `ciclo/kernel`. */
  engine: z.string(),
  engineVersion: z.string(),
  /** Whether the same inputs give the same bytes on every machine. */
  reproducible: z.boolean(),
  seed: z.int(),
  /** The metric by which candidates were compared on the validation split, or on out-of-fold predictions. */
  metric: z.string(),
  chosen: z.string(),
  candidates: z.array(
    z.strictObject({
      name: z.string(),
      type: z.string(),
      validation: z.number(),
      epochs: z.int(),
      bestEpoch: z.int(),
      parameters: z.int(),
    }),
  ),
  /** Where the model is a blend, which `chosen` then names: its parts, and what each is worth. */
  blend: blendReportSchema.optional(),
  /** Where `train.search` asks for one: what was tried, and what it bought. */
  search: searchReportSchema.optional(),
  /** Where it was measured: what more training rows would be worth. */
  learningCurve: rowCurveSchema.optional(),
  /** Where no blend was made and one could be: what that would reach, or how it would be had. */
  note: z.string().optional(),
  warnings: z.array(z.string()),
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

export const runJsonSchema = z.strictObject({
  dataset: prepareJsonSchema,
  model: trainJsonSchema,
  evaluation: validateJsonSchema,
});

export const predictionJsonSchema = z.union([
  z.strictObject({ prediction: z.number() }),
  z.strictObject({ prediction: z.string(), probabilities: namedRecord(z.number()) }),
  /** With `--skip-invalid`: a row that the model cannot take, in its place. */
  z.strictObject({ prediction: z.null(), problems: z.array(z.string()) }),
]);

export const predictJsonSchema = z.strictObject({
  model: z.strictObject({ folder: z.string(), digest: digestText, task: z.string(), target: z.string() }),
  rows: z.int(),
  skipped: z.int(),
  predictions: z.array(predictionJsonSchema),
});

/** What stdout holds instead when a command ends without a result. */
export const errorJsonSchema = z.strictObject({
  error: z.strictObject({
    /** usage, configuration, integrity, system: exit code 2. bug: exit code 3. */
    kind: z.enum(['usage', 'configuration', 'integrity', 'system', 'bug']),
    message: z.string(),
  }),
});

export type LockJson = z.output<typeof lockJsonSchema>;
export type PrepareJson = z.output<typeof prepareJsonSchema>;
export type TrainJson = z.output<typeof trainJsonSchema>;
export type ValidateJson = z.output<typeof validateJsonSchema>;
export type RunJson = z.output<typeof runJsonSchema>;
export type PredictionJson = z.output<typeof predictionJsonSchema>;
export type PredictJson = z.output<typeof predictJsonSchema>;
export type ErrorJson = z.output<typeof errorJsonSchema>;
