// A line of the history for each check, and the report of the check that it is made from.
import { z } from 'zod';
import { driftOutcomeNames } from '../report/drift-outcomes.ts';

const figure = z.number().nullable();

/** One line of `<pipeline>.ndjson` on the branch ciclo-history: what a check found and what was done about it. */
export const historyLineSchema = z.strictObject({
  version: z.literal(1),
  /** When it was checked, ISO 8601 in UTC. */
  time: z.string(),
  pipeline: z.string(),
  /** The version in production, `v1.2.0`; null when nothing was. */
  model: z.string().nullable(),
  /** The rows looked at, in event time. */
  window: z.strictObject({ after: z.string().nullable(), until: z.string().nullable() }),
  rows: z.int().min(0),
  outcome: z.enum(driftOutcomeNames),
  severity: z.enum(['none', 'minor', 'major']),
  /** Changes of the columns' structure, in words; absent where there was none. */
  structural: z.array(z.string()).min(1).optional(),
  /** Weight of the drifted features, 0 to 1. */
  share: z.number(),
  /** `effect`: the largest, as a multiple of the smallest that counts (`min-effect`). */
  columns: z.array(
    z.strictObject({ name: z.string(), drifted: z.boolean(), effect: figure, adjustedP: figure }),
  ),
  performance: z
    .strictObject({
      metric: z.string(),
      kind: z.enum(['measured', 'estimated']),
      value: figure,
      low: figure,
      high: figure,
      /** The evaluation's. */
      reference: figure,
      degraded: z.boolean(),
    })
    .optional(),
  /** What the check led to. */
  action: z
    .strictObject({
      kind: z.enum(['pull-request', 'issue', 'rollback', 'none']),
      number: z.int().optional(),
      reason: z.string(),
    })
    .optional(),
  /** Address of the workflow run. */
  run: z.string().optional(),
});

export type HistoryLine = z.output<typeof historyLineSchema>;
