// Retraining: whether to, the new model beside the old one, and the pull request or issue about it.
import type { PullRequestDetail } from '../../../shared/forge/ports/forge.ts';
import { upsertCheck } from '../../../shared/forge/upsert/check-upsert.ts';
import { upsertPullRequest } from '../../../shared/forge/upsert/pull-request-upsert.ts';
import { retrainingPullRequest } from '../../../shared/report/drift/retraining-pull-request.ts';
import { championOfBody, formatChampionLine, retrainBranch, retrainMarker } from './branch-names.ts';
import { isBetter } from './challenger.ts';
import type { ProposedChallenger } from './proposal.ts';
import {
  labelWords,
  type ProposalAction,
  type ProposalForge,
  type ProposalInput,
  type ProposalPorts,
} from './proposal-input.ts';
import { type FormerProposal, type ProposalPlan, planProposal } from './proposal-plan.ts';
import { closeIssue, openIssue } from './propose-issue.ts';

/**
 * Opens the retraining pull request, updates the one that is open, opens or updates an issue where the challenger is not
 * better, or stays quiet, as {@link planProposal} has it. Run again after a crash at any point it comes to the same.
 */
export async function propose(
  input: ProposalInput,
  { forge, clock }: ProposalPorts,
): Promise<ProposalAction> {
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
    better: 'evaluation' in challenger && isBetter(challenger.evaluation, config.retrain.confidence),
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

interface PlannedBranch {
  readonly plan: ProposalPlan;
  readonly branch: string;
  readonly base: string;
  readonly head: string | undefined;
}

async function openPullRequest(
  input: ProposalInput & { readonly challenger: ProposedChallenger },
  { plan, branch, base, head }: PlannedBranch,
  { forge, clock }: ProposalPorts,
): Promise<ProposalAction> {
  const { pipeline, challenger, report, config } = input;
  const { title, body } = retrainingPullRequest({
    pipeline,
    champion: report.production?.tag ?? pipeline,
    report,
    history: input.history,
    why: input.why,
    lockChanges: challenger.lockChanges,
    evaluation: challenger.evaluation,
    training: challenger.training,
    ...(challenger.apart ? { apart: challenger.apart } : {}),
    ...(input.runUrl === undefined ? {} : { runUrl: input.runUrl }),
    checksWait: input.checksWait,
    cooldown: config.retrain.cooldown,
    confidence: config.retrain.confidence,
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

async function label({ config }: ProposalInput, number: number, forge: ProposalForge): Promise<void> {
  const { labels } = config.retrain;
  if (labels.length === 0) return;
  for (const name of labels) await forge.labels.ensure(name, labelWords);
  await forge.labels.add(number, labels);
}
