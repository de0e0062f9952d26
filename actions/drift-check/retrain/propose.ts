import type { Config } from '../../../shared/config/schema.ts';
import type { HistoryLine } from '../../../shared/drift/history-line.ts';
import type { MonitorReport } from '../../../shared/drift/monitor-report.ts';
import { upsertCheck } from '../../../shared/forge/check-upsert.ts';
import type { CheckContent, Forge, PullRequestDetail } from '../../../shared/forge/forge.ts';
import { upsertIssue } from '../../../shared/forge/issue-upsert.ts';
import { upsertPullRequest } from '../../../shared/forge/pull-request-upsert.ts';
import {
  retrainingIssue,
  retrainingPullRequest,
  rollbackProposal,
} from '../../../shared/report/drift/retraining-body.ts';
import type { VerbPorts } from '../../ports.ts';
import { championOfBody, formatChampionLine, retrainBranch, retrainMarker } from './branch-names.ts';
import { type Challenger, isBetter, type NoChallenger } from './challenger.ts';
import type { BetterOlder } from './older-versions.ts';
import { type FormerProposal, type ProposalPlan, planProposal } from './proposal-plan.ts';

export type ProposalForge = Pick<
  Forge,
  'branches' | 'pullRequests' | 'issues' | 'labels' | 'checks' | 'repository'
>;

/** What a proposal is made of. */
export interface ProposalInput {
  readonly pipeline: string;
  readonly config: Config;
  readonly report: MonitorReport;
  readonly challenger: Challenger | NoChallenger;
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

type Action = NonNullable<HistoryLine['action']>;

/**
 * Opens the retraining pull request, updates the one that is open, opens or updates an issue where the challenger is not
 * better, or stays quiet, as {@link planProposal} has it. Run again after a crash at any point it comes to the same.
 */
export async function propose(
  input: ProposalInput,
  { forge, clock }: VerbPorts & { readonly forge: ProposalForge },
): Promise<Action> {
  const { pipeline, config, challenger } = input;
  const branch = retrainBranch(pipeline);
  const base = await forge.repository.defaultBranch();
  const head = await forge.branches.head(branch);
  const commits = head === undefined ? [] : await forge.branches.commitsSince(branch, base);
  const former = (await forge.pullRequests.ofHead(branch, { state: 'all' })).filter(({ own }) => own);
  const plan = planProposal({
    former: former.map(formerOf),
    humanCommits: commits.some(({ own }) => !own),
    champion: input.report.production?.version ?? '',
    better: 'evaluation' in challenger && isBetter(challenger.evaluation),
    open: 'evaluation' in challenger ? config.retrain.open : 'if-better',
    cooldown: config.retrain.cooldown,
    now: clock.now(),
    line: input.line,
    history: input.history,
  });
  if (plan.kind === 'quiet') return { kind: 'none', reason: plan.reason, ...numberOf(plan) };
  if (plan.kind === 'issue' || !('evaluation' in challenger)) return openIssue(input, { forge, clock });
  return openPullRequest({ ...input, challenger }, { plan, branch, base, head }, { forge, clock });
}

function formerOf({ number, state, merged, closedAt, body }: PullRequestDetail): FormerProposal {
  const champion = championOfBody(body);
  return {
    number,
    state: state === 'open' ? 'open' : merged ? 'merged' : 'closed',
    ...(closedAt === undefined ? {} : { closed: closedAt }),
    ...(champion === undefined ? {} : { champion }),
  };
}

function numberOf(plan: ProposalPlan): { number?: number } {
  return 'number' in plan && plan.number !== undefined ? { number: plan.number } : {};
}

interface Place {
  readonly plan: ProposalPlan;
  readonly branch: string;
  readonly base: string;
  readonly head: string | undefined;
}

type Ports = Pick<VerbPorts, 'clock'> & { readonly forge: ProposalForge };

async function openPullRequest(
  input: ProposalInput & { readonly challenger: Challenger },
  { plan, branch, base, head }: Place,
  { forge, clock }: Ports,
): Promise<Action> {
  const { pipeline, challenger, report, config } = input;
  const { title, body } = retrainingPullRequest({
    pipeline,
    champion: report.production?.tag ?? pipeline,
    report,
    why: input.why,
    lockChanges: challenger.lockChanges,
    evaluation: challenger.evaluation,
    training: challenger.training,
    ...(challenger.apart ? { apart: challenger.apart } : {}),
    ...(input.runUrl === undefined ? {} : { runUrl: input.runUrl }),
    checksWait: input.checksWait,
    cooldown: config.retrain.cooldown,
  });
  const commit = await forge.branches.commit({
    branch,
    pipeline,
    expectedHead: head,
    base: input.commit,
    message: title,
    files: new Map([[input.lockPath, challenger.lock]]),
  });
  const { pullRequest, change } = await upsertPullRequest(
    forge.pullRequests,
    {
      marker: retrainMarker(pipeline),
      head: branch,
      base,
      title,
      body: `${formatChampionLine(report.production?.version ?? '')}\n${body}`,
    },
    { clock },
  );
  await label(input, pullRequest.number, forge);
  if (input.check) await upsertCheck(forge.checks, commit, input.check, { clock });
  await closeIssue(input, pullRequest.number, forge);
  const what = { created: 'opened', updated: 'updated', unchanged: 'left as it was' }[change];
  return {
    kind: 'pull-request',
    number: pullRequest.number,
    reason: `#${pullRequest.number} ${what}: ${title}; ${plan.reason}`,
  };
}

const labelWords = { color: '1d76db', description: 'Retraining proposed by Ciclo' };

async function label({ config }: ProposalInput, number: number, forge: ProposalForge): Promise<void> {
  const { labels } = config.retrain;
  if (labels.length === 0) return;
  for (const name of labels) await forge.labels.ensure(name, labelWords);
  await forge.labels.add(number, labels);
}

/** The label that issues are found again by. */
const issueLabel = 'ciclo';

/** What the issue said is over once there is a pull request. */
async function closeIssue({ pipeline }: ProposalInput, number: number, forge: ProposalForge): Promise<void> {
  const marker = retrainMarker(pipeline);
  const open = (await forge.issues.list({ label: issueLabel, state: 'open' })).filter(
    ({ own, body }) => own && body.includes(`"pipeline":"${marker.pipeline}","kind":"${marker.kind}"`),
  );
  for (const issue of open) {
    await forge.issues.update(issue.number, {
      state: 'closed',
      body: `${issue.body.replace(/\n\nA better model was found: #\d+\.$/, '')}\n\nA better model was found: #${number}.`,
    });
  }
}

async function openIssue(input: ProposalInput, { forge, clock }: Ports): Promise<Action> {
  const { pipeline, challenger, report, older, config } = input;
  const { title, body } = older
    ? rollbackProposal({
        pipeline,
        live: report.production?.tag ?? pipeline,
        version: older.version,
        evaluation: older.evaluation,
        report,
        ...('evaluation' in challenger ? { challenger: challenger.evaluation } : {}),
        ...(input.runUrl === undefined ? {} : { runUrl: input.runUrl }),
      })
    : retrainingIssue({
        pipeline,
        champion: report.production?.tag ?? pipeline,
        report,
        why: input.why,
        ...('evaluation' in challenger
          ? {
              evaluation: challenger.evaluation,
              lockChanges: challenger.lockChanges,
              ...(challenger.apart ? { apart: challenger.apart } : {}),
            }
          : { reason: challenger.reason }),
        ...(input.runUrl === undefined ? {} : { runUrl: input.runUrl }),
      });
  const labels = [...new Set([issueLabel, ...config.retrain.labels])];
  for (const name of labels) await forge.labels.ensure(name, labelWords);
  const { issue } = await upsertIssue(
    forge.issues,
    { marker: retrainMarker(pipeline), title, body, labels, label: issueLabel },
    { clock },
  );
  return {
    kind: older ? 'rollback' : 'issue',
    number: issue.number,
    reason: `#${issue.number}: ${title}`,
  };
}
