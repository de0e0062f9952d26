import { z } from 'zod';
import type { MonitorReport } from '../../../shared/drift/history/monitor-report.ts';
import { monitorReportSchema } from '../../../shared/drift/history/monitor-report.ts';
import type { CheckContent } from '../../../shared/forge/ports/forge.ts';
import { evaluationSchema } from '../../../shared/metrics/evaluation/evaluation.ts';
import { trainingReportSchema } from '../../../shared/model/report/training-report.ts';
import type { Challenger, NoChallenger } from './challenger.ts';
import type { BetterOlder } from './older-versions.ts';

/** What of a challenger a proposal shows and writes. */
export type ProposedChallenger = Pick<
  Challenger,
  'lock' | 'lockChanges' | 'evaluation' | 'training' | 'apart'
>;

/** A finished check, and the challenger that it led to: all that the job which writes needs from the one that trains. */
export interface Proposal {
  readonly version: 1;
  readonly pipeline: string;
  /** The commit that was checked out. */
  readonly commit: string;
  /** Retraining was asked for, whatever was found. */
  readonly byHand: boolean;
  /** Why there was a retraining, or none. */
  readonly why: string;
  readonly report: MonitorReport;
  /** Absent where nothing was retrained. */
  readonly challenger?: ProposedChallenger | NoChallenger;
  /** An older version that does better on the new rows. */
  readonly older?: BetterOlder;
  /** The check of the challenger's evaluation. */
  readonly check?: CheckContent;
}

const checkContent = z.strictObject({
  name: z.string(),
  conclusion: z.enum(['success', 'neutral', 'failure']),
  title: z.string(),
  summary: z.string(),
  text: z.string().optional(),
  detailsUrl: z.string().optional(),
  annotations: z.array(
    z.strictObject({
      path: z.string(),
      line: z.int(),
      endLine: z.int().optional(),
      level: z.enum(['notice', 'warning', 'failure']),
      title: z.string(),
      message: z.string(),
    }),
  ),
});

const challenger = z.strictObject({
  lock: z.string(),
  lockChanges: z.array(z.string()),
  evaluation: evaluationSchema,
  training: trainingReportSchema,
  apart: z.strictObject({ old: evaluationSchema.optional(), new: evaluationSchema.optional() }).optional(),
});

/** proposal.json. */
export const proposalSchema = z.strictObject({
  version: z.literal(1),
  pipeline: z.string(),
  commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  byHand: z.boolean(),
  why: z.string(),
  report: monitorReportSchema,
  challenger: z.union([challenger, z.strictObject({ reason: z.string() })]).optional(),
  older: z.strictObject({ version: z.string(), evaluation: evaluationSchema }).optional(),
  check: checkContent.optional(),
});
