import type { Config } from '../../../shared/config/sections/schema.ts';
import type { HistoryLine } from '../../../shared/drift/history/history-line.ts';
import type { MonitorReport } from '../../../shared/drift/history/monitor-report.ts';
import type { CheckContent, Forge } from '../../../shared/forge/ports/forge.ts';
import type { Clock } from '../../../shared/platform/clock.ts';
import type { NoChallenger } from './challenger.ts';
import type { BetterOlder } from './older-versions.ts';
import type { ProposedChallenger } from './proposal.ts';

export type ProposalForge = Pick<
  Forge,
  'branches' | 'pullRequests' | 'issues' | 'labels' | 'checks' | 'repository'
>;

/** What a proposal is made of. */
export interface ProposalInput {
  readonly pipeline: string;
  readonly config: Config;
  readonly report: MonitorReport;
  readonly challenger: ProposedChallenger | NoChallenger;
  readonly older: BetterOlder | undefined;
  /** Why it was trained. */
  readonly why: string;
  /** This check's line of the history, and the earlier ones. */
  readonly line: HistoryLine;
  readonly history: readonly HistoryLine[];
  /** The commit whose lock was moved on. */
  readonly commit: string;
  /** Path of ciclo.lock from the repository's root. */
  readonly lockPath: string;
  /** The check of the challenger's evaluation, for the head of the branch. */
  readonly check?: CheckContent;
  readonly runUrl?: string;
  /** Checks of pull requests that GITHUB_TOKEN opens wait for an approval. */
  readonly checksWait: boolean;
}

export interface ProposalPorts {
  readonly forge: ProposalForge;
  readonly clock: Clock;
}

/** The result of a proposal, as the history notes it. */
export type ProposalAction = NonNullable<HistoryLine['action']>;

/** The label that issues are looked for by first. */
export const issueLabel = 'ciclo';

/** How labels look that are not there yet. */
export const labelWords = { color: '1d76db', description: 'Retraining proposed by Ciclo' };
