/**
 * What `--json` prints: one object on stdout for each command. These shapes are a contract
 * (docs/guides/command-line.md); a key is added freely, and none is renamed or removed within a major version. An
 * evaluation, versions and the monitor have theirs in json-evaluation.ts, json-versions.ts and json-monitor.ts.
 */
import { z } from 'zod';
import { lockSchema } from '../../shared/config/lock/lock.ts';
import { sampledRows } from '../../shared/dataset/quality/quality-report.ts';
import { rowCurveSchema } from '../../shared/model/report/row-curve-report.ts';
import { searchReportSchema } from '../../shared/model/report/search-report.ts';
import { blendReportSchema } from '../../shared/model/report/training-report.ts';
import { namedRecord } from '../../shared/platform/named-record.ts';
import { validateJsonSchema } from './json-evaluation.ts';
import { digestText } from './json-values.ts';

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
export type RunJson = z.output<typeof runJsonSchema>;
export type PredictionJson = z.output<typeof predictionJsonSchema>;
export type PredictJson = z.output<typeof predictJsonSchema>;
export type ErrorJson = z.output<typeof errorJsonSchema>;
