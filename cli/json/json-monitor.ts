/** What `--json` prints of the monitor: of `drift-check` and `retrain`. A contract, as json-output.ts. */
import { z } from 'zod';
import { historyLineSchema } from '../../shared/drift/history/history-line.ts';
import { monitorReportSchema } from '../../shared/drift/history/monitor-report.ts';
import { challengerOutcomes } from '../../shared/metrics/evaluation/challenger-outcome.ts';

/** `drift-check` of a pipeline; of two tables it is drift.json's part about data (shared/drift/report/drift-report.ts). */
export const driftCheckJsonSchema = monitorReportSchema.extend({
  folder: z.string(),
  'report-path': z.string(),
});

/** `retrain`. */
export const retrainJsonSchema = z.strictObject({
  drift: z.boolean(),
  headline: z.string(),
  /** A change of structure: an issue, and nothing was trained. */
  structural: z.boolean(),
  /** Why there was a retraining, or none. */
  why: z.string(),
  /** What was done about it: a pull request, an issue, a proposed rollback, nothing. */
  action: historyLineSchema.shape.action.unwrap(),
  /** What the new lock changes, in words; absent without a challenger. */
  'lock-changes': z.array(z.string()).optional(),
  /** What the challenger is beside the model in production; absent without one. */
  challenger: z
    .strictObject({ outcome: z.enum(challengerOutcomes), change: z.number().nullable() })
    .optional(),
  /** The verdict on the challenger. */
  verdict: z.enum(['pass', 'warn', 'fail']).optional(),
});

export type DriftCheckJson = z.output<typeof driftCheckJsonSchema>;
export type RetrainJson = z.output<typeof retrainJsonSchema>;
